use std::net::Ipv6Addr;

use http::{
    Uri,
    uri::{Authority, Scheme},
};

use super::path::climbs;

/// Where an upstream is: what a declared URL may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
    /// Without a slash at its end, so `""` for the root.
    pub(super) base: String,
}

/// The longest name that DNS can have (RFC 1035 section 2.3.4).
const LONGEST_NAME: usize = 253;

impl Place {
    /// Reads a declared URL. The reason of a failure never quotes it, as it may hold a secret.
    pub(super) fn parse(url: &str) -> Result<Self, &'static str> {
        // `Uri` drops a fragment silently.
        if url.contains('#') {
            return Err("has a fragment");
        }
        let uri: Uri = url.parse().map_err(|_| "is no URL")?;
        let scheme = match uri.scheme_str() {
            Some(scheme) if scheme.eq_ignore_ascii_case("http") => Scheme::HTTP,
            Some(scheme) if scheme.eq_ignore_ascii_case("https") => Scheme::HTTPS,
            Some(_) => return Err("has a scheme other than `http` and `https`"),
            None => return Err("has no scheme"),
        };
        if scheme == Scheme::HTTPS && !cfg!(feature = "tls") {
            return Err("is `https`, which needs the feature `tls` of bff");
        }
        let authority = uri.authority().ok_or("has no host")?;
        if authority.as_str().contains('@') {
            return Err("has user information; send it as a header");
        }
        if !is_host(authority.host()) || !is_port(authority) {
            return Err("has a host or a port that is none");
        }
        // An empty query is one as well.
        if url.contains('?') {
            return Err("has a query");
        }
        let base = uri.path().trim_end_matches('/');
        if base.contains("//") || base.contains('\\') || climbs(base) {
            return Err("has a path with empty or dot segments");
        }
        Ok(Self { scheme, authority: authority.clone(), base: base.to_owned() })
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(|it| it.parse::<Ipv6Addr>().is_ok());
    }
    let is_label = |label: &str| {
        matches!(label.len(), 1..=63)
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    host.len() <= LONGEST_NAME && host.split('.').all(is_label)
}

fn is_port(authority: &Authority) -> bool {
    match authority.as_str().strip_prefix(authority.host()) {
        Some("") => true,
        Some(_) => authority.port_u16().is_some_and(|port| port > 0),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_url_is_scheme_host_port_and_path() {
        for (url, authority, base) in [
            ("http://catalog", "catalog", ""),
            ("http://catalog/", "catalog", ""),
            ("HTTP://catalog:8080/v1/", "catalog:8080", "/v1"),
            ("http://api.example.com/a/b", "api.example.com", "/a/b"),
            ("http://127.0.0.1:1", "127.0.0.1:1", ""),
            ("http://[::1]:8080/x", "[::1]:8080", "/x"),
            ("http://my_service:80", "my_service:80", ""),
        ] {
            let place = Place::parse(url).unwrap_or_else(|why| panic!("{url} {why}"));
            assert_eq!((place.authority.as_str(), &*place.base), (authority, base), "{url}");
            assert_eq!(place.scheme, Scheme::HTTP);
        }
        assert_eq!(Place::parse("https://x").is_ok(), cfg!(feature = "tls"));
    }

    #[test]
    fn security_1_5_28_what_is_no_plain_destination_is_refused() {
        for (url, why) in [
            ("", "is no URL"),
            ("catalog", "has no scheme"),
            ("catalog:8080", "has no scheme"),
            ("/path", "has no scheme"),
            ("//catalog/", "has no scheme"),
            ("file:///etc/passwd", "is no URL"),
            ("gopher://catalog:70/", "has a scheme other than `http` and `https`"),
            ("ws://catalog/", "has a scheme other than `http` and `https`"),
            ("http://", "is no URL"),
            ("http:///x", "is no URL"),
            ("http://user:secret@catalog/", "has user information; send it as a header"),
            ("http://catalog@evil.example/", "has user information; send it as a header"),
            ("http://catalog/?x=1", "has a query"),
            ("http://catalog?", "has a query"),
            ("http://catalog/#x", "has a fragment"),
            ("http://catalog:0/", "has a host or a port that is none"),
            ("http://catalog:99999/", "has a host or a port that is none"),
            ("http://catalog:/", "has a host or a port that is none"),
            ("http://cata,log/", "has a host or a port that is none"),
            ("http://.catalog/", "has a host or a port that is none"),
            ("http://a..b/", "has a host or a port that is none"),
            ("http://[::1/", "is no URL"),
            ("http://[::x]/", "has a host or a port that is none"),
            ("http://catalog/a/../b", "has a path with empty or dot segments"),
            ("http://catalog/%2e%2e/b", "has a path with empty or dot segments"),
            ("http://catalog//b", "has a path with empty or dot segments"),
            ("http://catalog/a b", "is no URL"),
        ] {
            assert_eq!(Place::parse(url), Err(why), "{url}");
        }
    }
}
