//! Fields that are for one connection only (RFC 9110 section 7.6.1, RH-149).

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// For one connection, also when `Connection` does not name them.
const ALWAYS: [HeaderName; 9] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    HeaderName::from_static("proxy-authenticate"),
    HeaderName::from_static("proxy-authentication-info"),
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Removes them from a request or a response. What the app sets itself is to be set afterwards, so that a client
/// cannot have it removed by naming it in `Connection` (CVE-2026-33805).
pub(super) fn remove(headers: &mut HeaderMap) {
    // A name that is no name removes nothing; the rest of its line counts.
    let named: Vec<HeaderName> =
        tokens(headers, &header::CONNECTION).filter_map(|name| name.parse().ok()).collect();
    // The only transfer coding that passes through: trailers do (section 10.1.4).
    let trailers = tokens(headers, &header::TE).any(|it| it.eq_ignore_ascii_case("trailers"));
    for name in named.iter().chain(&ALWAYS) {
        headers.remove(name);
    }
    if trailers {
        headers.insert(header::TE, HeaderValue::from_static("trailers"));
    }
}

/// Whether a request asks for a WebSocket (RFC 6455 section 4.1).
///
/// No other protocol is forwarded: behind `h2c` requests would pass unseen.
pub(super) fn asks_for_websocket(headers: &HeaderMap) -> bool {
    let mut protocols = tokens(headers, &header::UPGRADE);
    protocols.next().is_some_and(|it| it.eq_ignore_ascii_case("websocket"))
        && protocols.next().is_none()
        && tokens(headers, &header::CONNECTION).any(|it| it.eq_ignore_ascii_case("upgrade"))
}

/// The items of a list header: several lines are one list (section 5.3). Bytes beyond ASCII are in no token.
fn tokens<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|line| line.as_bytes().split(|&byte| byte == b','))
        .filter_map(|item| std::str::from_utf8(item).ok())
        .map(|item| item.trim_matches([' ', '\t']))
        .filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for &(name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn rfc9110_7_6_1_fields_of_one_connection_are_removed() {
        for (lines, left) in [
            (&[("connection", "close"), ("x-a", "1")][..], &["x-a"][..]),
            (&[("keep-alive", "timeout=5"), ("proxy-connection", "keep-alive")], &[]),
            (&[("te", "gzip"), ("transfer-encoding", "chunked"), ("upgrade", "h2c")], &[]),
            (&[("te", "gzip, trailers;q=1"), ("x", "1")], &["x"]),
            (&[("te", "gzip, Trailers")], &["te"]),
            (&[("connection", "te"), ("te", "trailers")], &["te"]),
            (
                &[("proxy-authorization", "Basic x"), ("authorization", "Basic x")],
                &["authorization"],
            ),
            (
                &[("proxy-authenticate", "Basic"), ("www-authenticate", "Basic")],
                &["www-authenticate"],
            ),
            (
                &[
                    ("connection", "close, X-Secret"),
                    ("connection", "\tCookie ,,"),
                    ("x-secret", "1"),
                    ("cookie", "a=b"),
                    ("x-a", "1"),
                ],
                &["x-a"],
            ),
            (&[("connection", "not a name, x-b"), ("x-b", "1"), ("x-c", "1")], &["x-c"]),
            (&[("connection", "host"), ("host", "x")], &[]),
            (
                &[("trailer", "x-sum"), ("set-cookie", "a"), ("set-cookie", "b")],
                &["set-cookie", "trailer"],
            ),
        ] {
            let mut headers = headers(lines);
            remove(&mut headers);
            let mut names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, left, "{lines:?}");
        }
    }

    #[test]
    fn rw_36_only_websockets_are_upgrades() {
        for (lines, expected) in [
            (&[("connection", "Upgrade"), ("upgrade", "websocket")][..], true),
            (&[("connection", "keep-alive, upgrade"), ("upgrade", "WebSocket")], true),
            (&[("connection", "upgrade"), ("upgrade", "h2c")], false),
            (&[("connection", "upgrade"), ("upgrade", "websocket, h2c")], false),
            (&[("connection", "upgrade"), ("upgrade", "websocket"), ("upgrade", "h2c")], false),
            (&[("connection", "close"), ("upgrade", "websocket")], false),
            (&[("connection", "upgrade")], false),
        ] {
            assert_eq!(asks_for_websocket(&headers(lines)), expected, "{lines:?}");
        }
    }
}
