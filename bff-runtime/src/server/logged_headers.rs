//! Which headers of a request the access log may have: those on a list, and never those that say who somebody is.

use http::{HeaderMap, HeaderName};

use crate::{
    Error, Result,
    observe::{is_secret_header, redacted_header},
    request::header,
};

/// Names that were checked; none, unless the program lists some (security row 31).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LoggedHeaders(&'static [&'static str]);

impl LoggedHeaders {
    /// # Errors
    /// When one is no name of a header, or that of one that carries a secret.
    pub(super) fn new(names: &'static [&'static str]) -> Result<Self> {
        for name in names {
            if HeaderName::try_from(*name).is_err() {
                return Err(Error::msg(format_args!(
                    "`{name}` is no header that a log could have"
                )));
            }
            if is_secret_header(name) {
                return Err(Error::msg(format_args!("the header `{name}` is not for a log")));
            }
        }
        Ok(Self(names))
    }

    /// Those of this request, in one line: `user-agent: curl/8.1; referer: https://example.com/`.
    pub(super) fn of(self, headers: &HeaderMap) -> Option<String> {
        let mut line = String::new();
        for name in self.0 {
            let Some(value) = header(headers, name) else { continue };
            if !line.is_empty() {
                line.push_str("; ");
            }
            line.push_str(name);
            line.push_str(": ");
            line.push_str(&redacted_header(&value));
        }
        (!line.is_empty()).then_some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_61_a_header_that_carries_a_secret_cannot_be_on_the_list() {
        for name in [
            "authorization",
            "Authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "x-api-key",
            "x-auth-token",
            "x-csrf-token",
            "x-amz-security-token",
            "stripe-signature",
            "webhook-signature",
            "x-hub-signature-256",
            "x-shopify-hmac-sha256",
            "sec-websocket-key",
            "not a name",
            "",
        ] {
            let list = Vec::leak(vec![&*String::leak(name.to_owned())]);
            assert!(LoggedHeaders::new(list).is_err(), "{name}");
        }
        assert!(LoggedHeaders::new(&["user-agent", "Referer", "x-request-id", "accept"]).is_ok());
    }

    #[test]
    fn security_61_only_what_is_on_the_list_is_shown_and_in_one_line() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("user-agent", &b"curl/8.1 (x)"[..]),
            ("referer", b"https://example.com/?token=s3cret"),
            ("authorization", b"Bearer s3cret"),
            ("accept", b"text/html"),
            ("accept", b"*/*"),
            ("x-odd", b"a\tb\xe2\x80\xa8\xc2\x85\xff"),
        ] {
            let value = http::HeaderValue::from_bytes(value).unwrap();
            headers.append(HeaderName::from_static(name), value);
        }
        let list =
            LoggedHeaders::new(&["user-agent", "referer", "accept", "x-odd", "x-none"]).unwrap();
        assert_eq!(
            list.of(&headers).as_deref(),
            Some(
                "user-agent: curl/8.1 (x); referer: [redacted]; accept: text/html, */*; x-odd: a%09b%E2%80%A8%C2%85%EF%BF%BD"
            )
        );
        assert_eq!(LoggedHeaders::default().of(&headers), None);
    }
}
