use http::{Extensions, HeaderMap, Uri, header};

use super::{Origin, public_origin::is_own};

/// Whose page has made a browser send a request, as far as `Origin` says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// No `Origin`. Browsers send one with every request that changes something (Fetch section 3.1), and with every
    /// handshake of a WebSocket (RFC 6455 section 4.1).
    NoBrowser,
    /// A page of this app.
    OwnOrigin,
    /// A page of another origin. `None` for one that has no name, such as `null`.
    OtherOrigin(Option<Origin>),
}

impl Caller {
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let mut sent = headers.get_all(header::ORIGIN).iter();
        let origin = match (sent.next(), sent.next()) {
            (None, _) => return Self::NoBrowser,
            (Some(origin), None) => origin.to_str().ok().and_then(|text| text.parse().ok()),
            (Some(_), Some(_)) => None,
        };
        match origin {
            Some(origin) if is_own(&origin, uri, headers, extensions) => Self::OwnOrigin,
            origin => Self::OtherOrigin(origin),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn caller(uri: &str, hosts: &[&'static str], origins: &[&'static str]) -> Caller {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, HeaderValue::from_static(host));
        }
        for origin in origins {
            headers.append(header::ORIGIN, HeaderValue::from_static(origin));
        }
        Caller::of(&uri.parse().unwrap(), &headers, &Extensions::new())
    }

    #[test]
    fn a_page_is_of_the_host_that_it_opens_the_socket_to_or_foreign() {
        for (host, origin, is_own) in [
            ("a.example", "https://a.example", true),
            ("a.example", "http://a.example", true),
            ("A.example", "https://a.EXAMPLE", true),
            ("a.example:443", "https://a.example", true),
            ("a.example", "https://a.example:443", true),
            ("a.example:", "https://a.example", true),
            ("localhost:3000", "http://localhost:3000", true),
            ("[::1]:3000", "http://[::1]:3000", true),
            ("a.example", "https://b.example", false),
            ("a.example", "https://a.example.evil", false),
            ("a.example", "https://evil-a.example", false),
            ("a.example", "https://a.example:8443", false),
            ("a.example:8443", "https://a.example", false),
            ("a.example:80", "https://a.example", false),
            ("a.example", "https://user@a.example", false),
            ("user@a.example", "https://a.example", false),
            ("a.example", "https://a.example/", false),
            ("a.example", "https://a.example/path", false),
            ("a.example", "https://b.example?a.example", false),
            ("a.example", "https://b.example#a.example", false),
            ("a.example", "a.example", false),
            ("a.example", "//a.example", false),
            ("a.example", "file://a.example", false),
            ("a.example", "chrome-extension://a.example", false),
            ("a.example", "null", false),
            ("a.example", "", false),
            ("a.example", "https://", false),
            ("a.example", "https://a.example https://a.example", false),
            ("a.example", "https://a.example:99999", false),
            ("null", "null", false),
            ("", "https://", false),
        ] {
            let caller = caller("/", &[host], &[origin]);
            assert_eq!(caller == Caller::OwnOrigin, is_own, "{origin} to {host}: {caller:?}");
        }
    }

    #[test]
    fn what_is_said_twice_or_not_at_all_makes_no_page_ours() {
        assert_eq!(caller("/", &["a.example"], &[]), Caller::NoBrowser);
        let twice = ["https://a.example", "https://a.example"];
        assert_eq!(caller("/", &["a.example"], &twice), Caller::OtherOrigin(None));
        for hosts in [&[][..], &["a.example", "a.example"]] {
            let caller = caller("/", hosts, &["https://a.example"]);
            assert!(matches!(caller, Caller::OtherOrigin(Some(_))), "{caller:?}");
        }
    }

    #[test]
    fn rfc9112_3_2_2_the_host_of_an_absolute_target_counts() {
        let to = |uri| caller(uri, &["b.example"], &["https://a.example"]);
        assert_eq!(to("http://a.example/"), Caller::OwnOrigin);
        assert!(matches!(to("http://b.example/"), Caller::OtherOrigin(_)));
    }
}
