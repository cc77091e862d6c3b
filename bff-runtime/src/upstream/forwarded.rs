//! What an upstream is told about the client: `X-Forwarded-For`, `-Host`, `-Proto` and `Forwarded` (RFC 7239).

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Uri, header};

use crate::request::TrustedProxies;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Headers in which some proxies report the client's address. An upstream may well believe them.
const OTHERS: [&str; 10] = [
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "client-ip",
    "fastly-client-ip",
    "true-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-original-forwarded-for",
    "x-original-host",
    "x-real-ip",
];

/// What is known about the client's connection.
pub(super) struct Client {
    peer: Option<IpAddr>,
    scheme: &'static str,
    host: Option<HeaderValue>,
    trusted: bool,
}

impl Client {
    /// `host` is what the client asked for.
    pub(super) fn of(uri: &Uri, extensions: &Extensions, host: Option<HeaderValue>) -> Self {
        let peer = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(address)| address.ip().to_canonical());
        let scheme = if uri.scheme_str() == Some("https") { "https" } else { "http" };
        Self { peer, scheme, host, trusted: is_trusted_proxy(peer, extensions) }
    }

    /// Sets the fields. What the client said itself is dropped, so that an upstream reads nothing there that
    /// anybody could have written; what a trusted proxy said is continued.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        if !self.trusted {
            drop_claims(headers);
        }
        let address = self.peer.map(|peer| peer.to_string());
        // A trusted proxy without a list has told nothing about the client; the list then begins with the proxy.
        if let Some(address) = &address {
            append(headers, X_FORWARDED_FOR, address);
        }
        append(headers, header::FORWARDED, &self.element(address.as_deref()));
        if let Some(host) = self.host {
            headers.entry(X_FORWARDED_HOST).or_insert(host);
        }
        headers.entry(X_FORWARDED_PROTO).or_insert(HeaderValue::from_static(self.scheme));
    }

    /// One `forwarded-element`.
    fn element(&self, address: Option<&str>) -> String {
        let mut element = match (self.peer, address) {
            (Some(IpAddr::V6(_)), Some(address)) => format!("for=\"[{address}]\""),
            (_, Some(address)) => format!("for={address}"),
            _ => "for=unknown".to_owned(),
        };
        if let Some(host) = self.host.as_ref().and_then(|host| host.to_str().ok()) {
            // Always quoted: what a client puts into `Host` must not become a parameter of its own.
            element.push_str(";host=\"");
            for character in host.chars() {
                if matches!(character, '"' | '\\') {
                    element.push('\\');
                }
                element.push(character);
            }
            element.push('"');
        }
        element.push_str(";proto=");
        element.push_str(self.scheme);
        element
    }
}

/// Whether the other end of the connection is a proxy whose word about the client is taken.
fn is_trusted_proxy(peer: Option<IpAddr>, extensions: &Extensions) -> bool {
    let proxies = TrustedProxies::of(extensions);
    peer.zip(proxies).is_some_and(|(peer, proxies)| proxies.trusts(peer))
}

fn drop_claims(headers: &mut HeaderMap) {
    let claims: Vec<HeaderName> = headers
        .keys()
        .filter(|name| name.as_str().starts_with("x-forwarded") || OTHERS.contains(&name.as_str()))
        .cloned()
        .collect();
    headers.remove(header::FORWARDED);
    for name in claims {
        headers.remove(name);
    }
}

/// Continues a list: several lines are one, but not every upstream knows that.
fn append(headers: &mut HeaderMap, name: HeaderName, item: &str) {
    let mut line: Vec<u8> = Vec::new();
    for value in headers.get_all(&name) {
        line.extend_from_slice(value.as_bytes());
        line.extend_from_slice(b", ");
    }
    line.extend_from_slice(item.as_bytes());
    if let Ok(line) = HeaderValue::try_from(line) {
        headers.insert(name, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(
        peer: &str,
        host: &'static str,
        trusted: bool,
        lines: &[(&'static str, &'static str)],
    ) -> Vec<(String, String)> {
        let mut headers = HeaderMap::new();
        for &(name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        let client = Client {
            peer: peer.parse().ok(),
            scheme: "http",
            host: (!host.is_empty()).then(|| HeaderValue::from_static(host)),
            trusted,
        };
        client.tell(&mut headers);
        let mut lines: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn security_1_5_8_a_peer_is_trusted_when_the_app_says_so() {
        let proxies: TrustedProxies = "10.0.0.0/8".parse().unwrap();
        let mut extensions = Extensions::new();
        let trusts = |extensions: &Extensions, peer: &str| {
            is_trusted_proxy(Some(peer.parse().unwrap()), extensions)
        };
        assert!(!trusts(&extensions, "10.1.2.3"), "nobody is by default");
        extensions.insert(proxies);
        assert!(trusts(&extensions, "10.1.2.3"));
        assert!(!trusts(&extensions, "192.0.2.1"));
        assert!(!is_trusted_proxy(None, &extensions));
    }

    #[test]
    fn rw_30_an_upstream_is_told_who_asks_for_what() {
        for (peer, host, forwarded, address) in [
            (
                "192.0.2.1",
                "shop.example",
                r#"for=192.0.2.1;host="shop.example";proto=http"#,
                "192.0.2.1",
            ),
            (
                "2001:db8::1",
                "[::1]:80",
                r#"for="[2001:db8::1]";host="[::1]:80";proto=http"#,
                "2001:db8::1",
            ),
            (
                "192.0.2.1",
                r#"a";for=10.0.0.1,for="\"#,
                r#"for=192.0.2.1;host="a\";for=10.0.0.1,for=\"\\";proto=http"#,
                "192.0.2.1",
            ),
        ] {
            let lines = told(peer, host, false, &[]);
            let expected = [
                ("forwarded", forwarded),
                ("x-forwarded-for", address),
                ("x-forwarded-host", host),
                ("x-forwarded-proto", "http"),
            ];
            assert_eq!(lines, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
        }
        assert_eq!(
            told("", "", false, &[]),
            [("forwarded", "for=unknown;proto=http"), ("x-forwarded-proto", "http")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
    }

    #[test]
    fn security_1_5_8_cve_2026_3635_what_a_client_claims_is_dropped() {
        let claims = [
            ("forwarded", "for=10.0.0.1;proto=https"),
            ("forwarded", "for=10.0.0.2"),
            ("x-forwarded-for", "10.0.0.1, 10.0.0.2"),
            ("x-forwarded-for", "10.0.0.3"),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-port", "443"),
            ("x-forwarded-prefix", "/admin"),
            ("x-forwarded-server", "evil"),
            ("x-forwarded", "for=10.0.0.1"),
            ("x-real-ip", "10.0.0.1"),
            ("cf-connecting-ip", "10.0.0.1"),
            ("true-client-ip", "10.0.0.1"),
        ];
        assert_eq!(told("192.0.2.1", "a", false, &claims), told("192.0.2.1", "a", false, &[]));
    }

    #[test]
    fn what_a_trusted_proxy_says_is_continued() {
        let lines = told(
            "10.0.0.1",
            "internal",
            true,
            &[
                ("x-forwarded-for", "192.0.2.1"),
                ("x-forwarded-for", "10.0.0.7"),
                ("x-forwarded-host", "shop.example"),
                ("x-forwarded-proto", "https"),
                ("forwarded", "for=192.0.2.1;proto=https"),
            ],
        );
        let expected = [
            ("forwarded", r#"for=192.0.2.1;proto=https, for=10.0.0.1;host="internal";proto=http"#),
            ("x-forwarded-for", "192.0.2.1, 10.0.0.7, 10.0.0.1"),
            ("x-forwarded-host", "shop.example"),
            ("x-forwarded-proto", "https"),
        ];
        assert_eq!(lines, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
