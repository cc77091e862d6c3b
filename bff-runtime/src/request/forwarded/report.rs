use std::{borrow::Cow, net::IpAddr};

use http::{HeaderMap, header};

use super::{
    ForwardedHeader, Host, TrustedProxies,
    element::{Element, rightmost_first},
    origin::Scheme,
};

/// What the trusted proxies say about the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) client: IpAddr,
    pub(super) scheme: Option<Scheme>,
    pub(super) host: Option<Host>,
}

impl Report {
    /// The report about a client that is connected to this peer, which is one of the proxies.
    pub(super) fn new(headers: &HeaderMap, peer: IpAddr, proxies: &TrustedProxies) -> Self {
        match proxies.header() {
            ForwardedHeader::Forwarded => Self::forwarded(headers, peer, proxies),
            ForwardedHeader::XForwarded => Self::x_forwarded(headers, peer, proxies),
            ForwardedHeader::Either if !headers.contains_key(header::FORWARDED) => {
                Self::x_forwarded(headers, peer, proxies)
            }
            ForwardedHeader::Either if !headers.contains_key("x-forwarded-for") => {
                Self::forwarded(headers, peer, proxies)
            }
            ForwardedHeader::Either => {
                let one = Self::forwarded(headers, peer, proxies);
                one.agreed(Self::x_forwarded(headers, peer, proxies), peer)
            }
        }
    }

    fn of(client: IpAddr) -> Self {
        Self { client, scheme: None, host: None }
    }

    /// Walks from the nearest proxy towards the client (RFC 7239 section 4: each proxy appends), as long as the
    /// hop that speaks is trusted. An element that cannot be read ends the walk at the last hop known.
    fn forwarded(headers: &HeaderMap, peer: IpAddr, proxies: &TrustedProxies) -> Self {
        let mut report = Self::of(peer);
        let lines = lines(headers, header::FORWARDED.as_str());
        let elements = lines.iter().flat_map(|line| rightmost_first(line));
        for element in elements.filter(|element| !is_blank(element)) {
            let Some(Element { client, scheme, host }) = Element::parse(element) else { break };
            (report.scheme, report.host) = (scheme, host);
            let Some(client) = client else { break };
            report.client = client;
            if !proxies.trusts(client) {
                break;
            }
        }
        report
    }

    /// The same walk along `X-Forwarded-For`.
    fn x_forwarded(headers: &HeaderMap, peer: IpAddr, proxies: &TrustedProxies) -> Self {
        let mut report = Self::of(peer);
        let clients = Values::of(headers, "x-forwarded-for");
        let mut hop = 0;
        for (index, client) in clients.rightmost_first().enumerate() {
            let Some(client) = address(client) else { break };
            report.client = client;
            hop = index;
            if !proxies.trusts(client) {
                break;
            }
        }
        let hop = (hop, clients.rightmost_first().count());
        let schemes = Values::of(headers, "x-forwarded-proto");
        report.scheme = schemes.of_hop(hop).and_then(Scheme::parse);
        let hosts = Values::of(headers, "x-forwarded-host");
        report.host = hosts.of_hop(hop).and_then(Host::parse);
        report
    }

    /// What both reports say, about the same client.
    fn agreed(self, other: Self, peer: IpAddr) -> Self {
        if self.client != other.client {
            return Self::of(peer);
        }
        Self {
            client: self.client,
            scheme: self.scheme.filter(|scheme| other.scheme == Some(*scheme)),
            host: self.host.filter(|host| other.host.as_ref() == Some(host)),
        }
    }
}

/// The values of a list header: several lines are one list (RFC 9110 section 5.3).
struct Values<'a>(Vec<Cow<'a, str>>);

impl<'a> Values<'a> {
    fn of(headers: &'a HeaderMap, name: &str) -> Self {
        Self(lines(headers, name))
    }

    fn rightmost_first(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .flat_map(|line| line.rsplit(','))
            .map(|value| value.trim_matches([' ', '\t']))
            .filter(|value| !is_blank(value))
    }

    /// The value that belongs to a hop, counted from the right, of a list of addresses with this length.
    ///
    /// Some proxies append to every list, some replace all but the addresses. When the lists are of one length
    /// they are taken to run side by side; otherwise the last value is the one that a trusted proxy has set.
    fn of_hop(&self, (hop, length): (usize, usize)) -> Option<&str> {
        let hop = if self.rightmost_first().count() == length { hop } else { 0 };
        self.rightmost_first().nth(hop)
    }
}

/// The lines of a header, the last one first.
fn lines<'a>(headers: &'a HeaderMap, name: &str) -> Vec<Cow<'a, str>> {
    let mut lines: Vec<_> =
        headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    lines.reverse();
    lines
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// An address as proxies write it: bare, or with a port, an IPv6 address then in brackets.
fn address(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    let host = Host::parse(text)?;
    let bare =
        host.name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&host.name);
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}
