use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::edits::belongs_to_the_connection;

/// Takes out the fields that the client has for this connection only, by its own word (RFC 9110 section 7.6.1).
///
/// It is done before the proxy looks at the request. Later it would be up to the client which headers of the proxy
/// reach an upstream: it would list them in `Connection` (CVE-2026-33805).
pub(super) fn remove_nominated(headers: &mut HeaderMap) {
    let lines = headers.get_all(header::CONNECTION).iter();
    let tokens = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    let tokens: Vec<&[u8]> =
        tokens.map(<[u8]>::trim_ascii).filter(|token| !token.is_empty()).collect();
    let (kept, nominated): (Vec<&[u8]>, Vec<&[u8]>) =
        tokens.into_iter().partition(|token| is_of_the_connection(token));
    if nominated.is_empty() {
        return;
    }
    let kept = HeaderValue::from_bytes(&kept.join(&b", "[..]));
    // A name that is no name nominates nothing.
    let names: Vec<HeaderName> =
        nominated.iter().filter_map(|token| HeaderName::from_bytes(token).ok()).collect();
    for name in names.iter().filter(|name| **name != header::HOST) {
        headers.remove(name);
    }
    match kept {
        Ok(kept) if !kept.is_empty() => headers.insert(header::CONNECTION, kept),
        _ => headers.remove(header::CONNECTION),
    };
}

/// Options of the connection itself, and the fields that the server or an upgrade needs.
fn is_of_the_connection(token: &[u8]) -> bool {
    if [&b"close"[..], b"http2-settings"].iter().any(|option| token.eq_ignore_ascii_case(option)) {
        return true;
    }
    HeaderName::from_bytes(token).is_ok_and(|name| belongs_to_the_connection(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cve_2026_33805_rfc9110_7_6_1_what_a_client_nominates_is_gone_before_the_proxy_runs() {
        for (connection, others, left, expected) in [
            (&["close"][..], &["x-a"][..], &["x-a"][..], Some("close")),
            (
                &["keep-alive, Upgrade"],
                &["upgrade", "x-a"],
                &["upgrade", "x-a"],
                Some("keep-alive, Upgrade"),
            ),
            (&["close, X-A ,cookie"], &["x-a", "cookie", "x-b"], &["x-b"], Some("close")),
            (&["x-a"], &["x-a"], &[], None),
            (&["close", "x-a", "upgrade"], &["x-a"], &[], Some("close, upgrade")),
            (&["host, x-a"], &["host", "x-a"], &["host"], None),
            (&["not a name, x-a, ,"], &["x-a"], &[], None),
            (&["te, x-a", "content-length"], &["te"], &["te"], Some("te, content-length")),
            (&[""], &["x-a"], &["x-a"], Some("")),
            (&[], &["x-a"], &["x-a"], None),
        ] {
            let mut headers = HeaderMap::new();
            for &line in connection {
                headers.append(header::CONNECTION, HeaderValue::from_static(line));
            }
            for &name in others {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static("1"));
            }
            remove_nominated(&mut headers);
            let lines: Vec<_> = headers.get_all(header::CONNECTION).iter().collect();
            assert!(lines.len() <= 1, "{connection:?}: {lines:?}");
            assert_eq!(
                lines.first().and_then(|line| line.to_str().ok()),
                expected,
                "{connection:?}"
            );
            headers.remove(header::CONNECTION);
            let mut names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, left, "{connection:?}");
        }
    }
}
