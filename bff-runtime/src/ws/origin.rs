use http::{
    HeaderMap, Uri, header,
    uri::{Authority, Scheme},
};

/// An origin (RFC 6454): scheme, host and port, compared as such and never as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Origin {
    is_secure: bool,
    /// In lower case.
    host: String,
    port: u16,
}

/// Where a handshake comes from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Caller {
    /// No `Origin`, which every browser sends (RFC 6455 section 4.1).
    NoBrowser,
    /// A page of the host that the request is for.
    OwnOrigin,
    /// A page of another origin. `None` for one that has no name, such as `null`.
    OtherOrigin(Option<Origin>),
}

impl Origin {
    /// Reads `https://host:port`, and nothing with more or less than that.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (scheme, authority) = text.split_once("://")?;
        let is_secure = if scheme.eq_ignore_ascii_case(Scheme::HTTPS.as_str()) {
            true
        } else if scheme.eq_ignore_ascii_case(Scheme::HTTP.as_str()) {
            false
        } else {
            return None;
        };
        let (host, port) = host_and_port(&authority.parse().ok()?)?;
        Some(Self { is_secure, host, port: port.unwrap_or(default_port(is_secure)) })
    }
}

impl Caller {
    pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let mut sent = headers.get_all(header::ORIGIN).iter();
        let origin = match (sent.next(), sent.next()) {
            (None, _) => return Self::NoBrowser,
            (Some(origin), None) => origin.to_str().ok().and_then(Origin::parse),
            (Some(_), Some(_)) => None,
        };
        match origin {
            Some(origin) if is_own(&origin, uri, headers) => Self::OwnOrigin,
            origin => Self::OtherOrigin(origin),
        }
    }
}

/// True when the request is for the host and the port of this origin. What the scheme was at the other end of a
/// proxy is not known here, so the port that a request leaves out is that of the origin's scheme.
fn is_own(origin: &Origin, uri: &Uri, headers: &HeaderMap) -> bool {
    let Some((host, port)) = target(uri, headers) else { return false };
    host == origin.host && port.unwrap_or(default_port(origin.is_secure)) == origin.port
}

/// The host that a request is for (RFC 9112 section 3.2).
fn target(uri: &Uri, headers: &HeaderMap) -> Option<(String, Option<u16>)> {
    if let Some(authority) = uri.authority() {
        return host_and_port(authority);
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host_and_port(&host.to_str().ok()?.parse().ok()?),
        _ => None,
    }
}

fn host_and_port(authority: &Authority) -> Option<(String, Option<u16>)> {
    let text = authority.as_str();
    let host = authority.host();
    // What is left is nothing or a port; an authority may also name a user, an origin and a host may not.
    let port = text.strip_prefix(host).filter(|_| !host.is_empty())?;
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        Some("") => None,
        Some(number) => Some(number.parse().ok()?),
        None => return None,
    };
    Some((host.to_ascii_lowercase(), port))
}

fn default_port(is_secure: bool) -> u16 {
    if is_secure { 443 } else { 80 }
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
        Caller::of(&uri.parse().unwrap(), &headers)
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
