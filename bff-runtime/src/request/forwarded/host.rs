use std::{fmt, net::Ipv6Addr};

/// A host with its port: what `Host` and `X-Forwarded-Host` carry, checked and in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) port: Option<u16>,
}

/// The longest name that DNS can have (RFC 1035 section 2.3.4).
const LONGEST_NAME: usize = 253;

impl Host {
    /// `uri-host [ ":" port ]` (RFC 9110 section 7.2).
    ///
    /// Stricter than the grammar: a name has letters, digits, `-`, `_` and single dots only. What a URL could not
    /// hold, or could hold with another meaning, is refused: user information, escapes, a second host.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (address, rest) = rest.split_once(']')?;
                let address: Ipv6Addr = address.parse().ok()?;
                let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
                (format!("[{address}]"), port)
            }
            None => {
                let (name, port) = match text.split_once(':') {
                    Some((name, port)) => (name, Some(port)),
                    None => (text, None),
                };
                (is_name(name).then(|| name.to_ascii_lowercase())?, port)
            }
        };
        // A colon without a port means the default one (RFC 3986 section 3.2.3).
        let port = match port {
            None | Some("") => None,
            Some(port) => Some(number(port)?),
        };
        Some(Self { name, port })
    }
}

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        && name.strip_suffix('.').unwrap_or(name).split('.').all(|label| !label.is_empty())
}

/// A port in digits; there is no port 0.
fn number(port: &str) -> Option<u16> {
    let digits = port.bytes().all(|byte| byte.is_ascii_digit());
    port.parse().ok().filter(|port| digits && *port != 0)
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_a_port() {
        for (text, expected) in [
            ("example.com", "example.com"),
            ("Example.COM:8080", "example.com:8080"),
            ("example.com:", "example.com"),
            ("localhost.", "localhost."),
            ("a_b-c.xn--p1ai", "a_b-c.xn--p1ai"),
            ("127.0.0.1:3000", "127.0.0.1:3000"),
            ("[::1]", "[::1]"),
            ("[0:0:0:0:0:0:0:1]:443", "[::1]:443"),
        ] {
            assert_eq!(Host::parse(text).map(|host| host.to_string()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn security_1_5_7_what_is_no_host_is_refused() {
        for text in [
            "",
            ".",
            "..",
            "a..b",
            ".a",
            "user@example.com",
            "example.com/x",
            "a,b",
            "a b",
            "a:99999",
            "a:+80",
            "a:0",
            "a:80:81",
            "[::1",
            "[::1]80",
            "[fe80::1%25eth0]",
            "[127.0.0.1]",
            "::1",
            "a%2eb",
            "é",
            "a?",
            "a#",
            "a\\b",
        ] {
            assert_eq!(Host::parse(text), None, "{text}");
        }
        assert_eq!(Host::parse(&"a".repeat(300)), None);
    }
}
