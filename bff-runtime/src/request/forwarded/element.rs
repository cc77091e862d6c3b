use std::net::IpAddr;

use super::{Host, origin::Scheme};

/// One `forwarded-element`: what one proxy says about the connection it took (RFC 7239 section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// `None` when it is missing, `unknown` or an obfuscated name (section 6).
    pub(super) client: Option<IpAddr>,
    pub(super) scheme: Option<Scheme>,
    pub(super) host: Option<Host>,
}

/// The elements of one line of `Forwarded`, the last one first.
///
/// Whatever a client has sent stands to the left of what the proxies added. So the line is read from its right
/// end: an unbalanced quote on the left cannot swallow or fake what a proxy wrote.
pub(super) fn rightmost_first(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let bytes = text.as_bytes();
        let mut quoted = false;
        for at in (0..bytes.len()).rev() {
            match bytes[at] {
                b'"' if !is_escaped(bytes, at) => quoted = !quoted,
                b',' if !quoted => {
                    rest = Some(&text[..at]);
                    return Some(&text[at + 1..]);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

/// An odd number of backslashes in front of a byte escapes it (RFC 9110 section 5.6.4).
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

impl Element {
    /// `[ forwarded-pair ] *( ";" [ forwarded-pair ] )`, without spaces inside; each parameter at most once.
    /// `None` when the text is anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut element = Self::default();
        let mut names: Vec<&str> = Vec::new();
        let mut rest = text.trim_matches([' ', '\t']);
        while !rest.is_empty() {
            if let Some(next) = rest.strip_prefix(';') {
                rest = next;
                continue;
            }
            let (name, value) = rest.split_once('=').filter(|(name, _)| is_token(name))?;
            if names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                return None;
            }
            names.push(name);
            let (value, next) = value_of(value)?;
            if !next.is_empty() && !next.starts_with(';') {
                return None;
            }
            rest = next;
            if name.eq_ignore_ascii_case("for") {
                element.client = node(&value)?;
            } else if name.eq_ignore_ascii_case("by") {
                node(&value)?;
            } else if name.eq_ignore_ascii_case("proto") {
                element.scheme = Scheme::parse(&value);
            } else if name.eq_ignore_ascii_case("host") {
                // Copied from what the client sent, so it may be anything.
                element.host = Host::parse(&value);
            }
        }
        (!names.is_empty()).then_some(element)
    }
}

/// `token / quoted-string`, unquoted, and what follows it.
fn value_of(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return is_token(token).then(|| (token.to_owned(), rest));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// `nodename [ ":" node-port ]` (RFC 7239 section 6). The outer `None` is a syntax error, the inner one a node
/// that says nothing about its address.
fn node(text: &str) -> Option<Option<IpAddr>> {
    let (name, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (address, rest) = rest.split_once(']')?;
            let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
            (Some(IpAddr::V6(address.parse().ok()?)), port)
        }
        None => {
            let (name, port) = match text.split_once(':') {
                Some((name, port)) => (name, Some(port)),
                None => (text, None),
            };
            let address = if name.eq_ignore_ascii_case("unknown") || is_obfuscated(name) {
                None
            } else {
                Some(IpAddr::V4(name.parse().ok()?))
            };
            (address, port)
        }
    };
    let is_port = |port: &str| {
        is_obfuscated(port)
            || (matches!(port.len(), 1..=5) && port.bytes().all(|byte| byte.is_ascii_digit()))
    };
    port.is_none_or(is_port).then(|| name.map(|address| address.to_canonical()))
}

/// `obfnode` and `obfport`.
fn is_obfuscated(text: &str) -> bool {
    text.strip_prefix('_').is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc7239_4_elements_are_parsed_strictly() {
        for (text, client) in [
            ("for=192.0.2.43", Some("192.0.2.43")),
            ("For=192.0.2.43;BY=203.0.113.60;Proto=http", Some("192.0.2.43")),
            (r#"for="192.0.2.43:47011""#, Some("192.0.2.43")),
            (r#"for="[2001:db8:cafe::17]:4711""#, Some("2001:db8:cafe::17")),
            (r#"for="[::ffff:192.0.2.1]""#, Some("192.0.2.1")),
            (r#"for="\1\9\2.0.2.43""#, Some("192.0.2.43")),
            (";;for=192.0.2.43;", Some("192.0.2.43")),
            ("for=unknown", None),
            (r#"for="_gazonk:_port""#, None),
            ("proto=https", None),
            ("secret=abc;for=192.0.2.43", Some("192.0.2.43")),
            (r#"for=192.0.2.43;host="a, b""#, Some("192.0.2.43")),
        ] {
            let element = Element::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(element.client, client.map(|client| client.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn security_1_5_8_what_is_no_element_is_refused() {
        for text in [
            "",
            ";",
            "192.0.2.43",
            "for",
            "for=",
            "for=192.0.2.43;for=192.0.2.44",
            "for=192.0.2.43; proto=http",
            "for =192.0.2.43",
            "for= 192.0.2.43",
            "for=192.0.2.43:80",
            r#"for="192.0.2.43:123456""#,
            r#"for="192.0.2.43"#,
            r#"for="192.0.2.43"x"#,
            r#"for="[::1]:x""#,
            r#"for="[::1""#,
            "for=[::1]",
            r#"for="::1""#,
            "for=_",
            "for=1.2.3",
            "for=010.0.0.1",
            "for=x",
            "by=x",
        ] {
            assert_eq!(Element::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_is_split_from_its_right_end() {
        for (line, expected) in [
            ("", &[""][..]),
            ("a", &["a"]),
            ("a,b", &["b", "a"]),
            (r#"a,"b,c""#, &[r#""b,c""#, "a"]),
            (r#"a,"b\",c""#, &[r#""b\",c""#, "a"]),
            (r#"for=",for=1.2.3.4"#, &["for=1.2.3.4", r#"for=""#]),
        ] {
            assert_eq!(rightmost_first(line).collect::<Vec<_>>(), expected, "{line}");
        }
    }
}
