use std::{fmt, net::IpAddr, str::FromStr, sync::Arc};

use axum::{Extension, middleware::AddExtension};
use http::Extensions;
use tower::Layer;

use super::network::Network;

/// The proxies in front of the app, whose word about the client is taken. Without any, which is the default,
/// the client is whoever is at the other end of the socket.
///
/// A layer: whoever is inside it is told about these proxies. It goes around the whole app, in `main` as in
/// tests. Which proxies there are depends on where the app runs, so they mostly come from a variable:
///
/// ```no_run
/// use bff::{axum::Router, env, request::TrustedProxies};
///
/// # async fn example(app: Router) -> bff::Result {
/// let proxies: TrustedProxies = env::var("TRUSTED_PROXIES")?.parse()?;
/// bff::serve(app.layer(proxies)).await
/// # }
/// ```
///
/// An item of the list is an address or a block of addresses:
///
/// ```
/// use bff::request::TrustedProxies;
///
/// let proxies: TrustedProxies = "10.0.0.0/8, 2001:db8::/32, ::1".parse().unwrap();
/// assert!(proxies.trusts("10.1.2.3".parse().unwrap()));
/// assert!(proxies.trusts("::ffff:10.1.2.3".parse().unwrap()));
/// assert!(!proxies.trusts("192.0.2.1".parse().unwrap()));
/// assert!("10.1.2.3/8".parse::<TrustedProxies>().is_err());
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    /// Shared, because each request is given a clone.
    networks: Arc<[Network]>,
    header: ForwardedHeader,
}

/// The header in which the trusted proxies report the client.
///
/// A proxy that maintains one of the two headers passes on the other as it came, from anybody. So it has to be
/// known which one is maintained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// Whichever is there. When both are, they count only as far as they agree; where they do not, the client
    /// is the proxy itself, as for a request with neither.
    #[default]
    Either,
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`.
    XForwarded,
}

impl TrustedProxies {
    /// Trusts the addresses and blocks of addresses in this list.
    ///
    /// # Errors
    /// When an item is no IP address and no CIDR block, or one with bits beyond its prefix.
    pub fn new<I>(networks: I) -> Result<Self, InvalidProxies>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let parse = |text: I::Item| {
            let text = text.as_ref().trim();
            Network::parse(text).map_err(|reason| InvalidProxies { text: text.to_owned(), reason })
        };
        let networks = networks.into_iter().map(parse).collect::<Result<_, _>>()?;
        Ok(Self { networks, header: ForwardedHeader::Either })
    }

    /// Says which header these proxies maintain.
    #[must_use]
    pub fn with_header(mut self, header: ForwardedHeader) -> Self {
        self.header = header;
        self
    }

    /// Whether this address is one of the proxies. An IPv4 address in IPv6 form is the same address.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(address))
    }

    /// True when no proxy is trusted.
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty()
    }

    pub(super) fn header(&self) -> ForwardedHeader {
        self.header
    }

    /// Those of a request, when there are any.
    pub(crate) fn of(extensions: &Extensions) -> Option<&Self> {
        extensions.get::<Self>().filter(|proxies| !proxies.is_empty())
    }
}

impl<S> Layer<S> for TrustedProxies {
    type Service = AddExtension<S, Self>;

    fn layer(&self, inner: S) -> Self::Service {
        Extension(self.clone()).layer(inner)
    }
}

/// A list with commas; an empty text trusts nobody.
impl FromStr for TrustedProxies {
    type Err = InvalidProxies;

    fn from_str(text: &str) -> Result<Self, InvalidProxies> {
        if text.trim().is_empty() { Ok(Self::default()) } else { Self::new(text.split(',')) }
    }
}

impl fmt::Debug for TrustedProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustedProxies")
            .field("networks", &self.networks.iter().map(Network::to_string).collect::<Vec<_>>())
            .field("header", &self.header)
            .finish()
    }
}

/// An item of a list of proxies that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidProxies {
    text: String,
    reason: String,
}

impl fmt::Display for InvalidProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the trusted proxy `{}` {}", self.text, self.reason)
    }
}

impl std::error::Error for InvalidProxies {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_parsed_or_its_bad_item_named() {
        for (text, expected) in [
            ("", Ok("[]")),
            (" ", Ok("[]")),
            ("10.0.0.0/8, ::1", Ok(r#"["10.0.0.0/8", "::1"]"#)),
            ("10.0.0.0/8,", Err("the trusted proxy `` is no IP address and no CIDR block")),
            ("x, ::1", Err("the trusted proxy `x` is no IP address and no CIDR block")),
        ] {
            let parsed = text.parse::<TrustedProxies>().map_err(|error| error.to_string());
            let networks = parsed.map(|proxies| {
                let networks: Vec<_> = proxies.networks.iter().map(Network::to_string).collect();
                format!("{networks:?}")
            });
            assert_eq!(networks, expected.map(str::to_owned).map_err(str::to_owned), "{text}");
        }
    }
}
