use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The value of a header with all of its lines, in any case of its name (RH-140, RH-141).
///
/// Several lines are one list (RFC 9110 section 5.3), so they are joined with `, `; those of `Cookie` with `; `
/// (RFC 9113 section 8.2.3). What is no UTF-8 becomes U+FFFD.
///
/// ```
/// use bff::{http::HeaderMap, request};
///
/// let mut headers = HeaderMap::new();
/// headers.append("accept", "text/html".parse().unwrap());
/// headers.append("accept", "*/*".parse().unwrap());
/// assert_eq!(request::header(&headers, "Accept").as_deref(), Some("text/html, */*"));
/// assert_eq!(request::header(&headers, "accept-language"), None);
/// ```
pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    let mut lines =
        headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    let first = lines.next()?;
    let mark = if name.eq_ignore_ascii_case(header::COOKIE.as_str()) { "; " } else { ", " };
    Some(lines.fold(first, |all, line| all + mark + line))
}

/// The value of a header that is there once. Sent twice, it is not known which of them counts.
pub(crate) fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_140_rh_141_the_lines_of_a_header_are_joined() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("x-dup", "1"),
            ("X-Dup", "2"),
            ("accept", "a"),
            ("accept", "b"),
            ("cookie", "a=1"),
            ("cookie", "b=2"),
            ("x-empty", ""),
            ("x-text", "grüße"),
        ] {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers.append("x-octets", HeaderValue::from_bytes(b"\xE9").unwrap());
        for (name, expected) in [
            ("X-Dup", Some("1, 2")),
            ("accept", Some("a, b")),
            ("cookie", Some("a=1; b=2")),
            ("Cookie", Some("a=1; b=2")),
            ("x-empty", Some("")),
            ("x-text", Some("grüße")),
            ("x-octets", Some("\u{FFFD}")),
            ("x-missing", None),
            ("no name", None),
        ] {
            assert_eq!(header(&headers, name).as_deref(), expected, "{name}");
        }
    }
}
