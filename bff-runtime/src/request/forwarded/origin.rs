use std::{fmt, str::FromStr, sync::Arc};

use super::Host;

/// Scheme, host and port, `https://example.com`: what browsers compare before one page may talk to another
/// (RFC 6454 section 4).
///
/// ```
/// use bff::request::Origin;
///
/// let origin: Origin = "https://Example.com:443".parse().unwrap();
/// assert_eq!(origin.to_string(), "https://example.com");
/// assert_eq!(origin.host(), "example.com");
/// assert_eq!(origin.port(), None);
/// assert!("https://example.com/path".parse::<Origin>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    pub(super) scheme: Scheme,
    /// Shared: a configured origin is cloned for each request.
    host: Arc<str>,
    /// `None` for the port that the scheme implies.
    port: Option<u16>,
}

/// The schemes that this side of a connection can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl Origin {
    pub(crate) fn new(scheme: Scheme, host: Host) -> Self {
        let Host { name, port } = host;
        Self { scheme, host: name.into(), port: port.filter(|&port| port != scheme.default_port()) }
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        self.scheme.as_str()
    }

    /// The host in lower case; an IPv6 address is in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, unless it is the one that the scheme implies.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// True for `https`.
    pub fn is_secure(&self) -> bool {
        self.scheme == Scheme::Https
    }
}

impl Scheme {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("http") {
            Some(Self::Http)
        } else if text.eq_ignore_ascii_case("https") {
            Some(Self::Https)
        } else {
            None
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.host)?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Origin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        let parse = || {
            let (scheme, host) = text.split_once("://")?;
            Some(Self::new(Scheme::parse(scheme)?, Host::parse(host)?))
        };
        parse().ok_or_else(|| InvalidOrigin(text.to_owned()))
    }
}

/// A text that is no [`Origin`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOrigin(String);

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no origin: write scheme and host, as in `https://example.com`", self.0)
    }
}

impl std::error::Error for InvalidOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_spelling() {
        for (text, expected) in [
            ("http://example.com:80", Some("http://example.com")),
            ("HTTP://EXAMPLE.com:443", Some("http://example.com:443")),
            ("https://[::1]:3000", Some("https://[::1]:3000")),
            ("https://example.com/", None),
            ("https://user@example.com", None),
            ("https:example.com", None),
            ("ftp://example.com", None),
            ("null", None),
            ("*", None),
            ("", None),
        ] {
            let origin = text.parse::<Origin>().ok().map(|origin| origin.to_string());
            assert_eq!(origin.as_deref(), expected, "{text}");
        }
    }
}
