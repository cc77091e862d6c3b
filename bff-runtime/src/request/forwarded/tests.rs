use std::net::{IpAddr, SocketAddr};

use axum::{body::Body, extract::ConnectInfo};
use http::{HeaderName, HeaderValue, Request};
use proptest::prelude::*;

use super::*;

/// The proxies of the tables below.
const PROXIES: &str = "10.0.0.0/8, 2001:db8::/32";

fn request(peer: &str, headers: &[(&str, &str)], header: ForwardedHeader) -> Request<Body> {
    let proxies: TrustedProxies = PROXIES.parse().unwrap();
    let peer = SocketAddr::new(peer.parse().unwrap(), 49152);
    let mut request = Request::new(Body::empty());
    request.extensions_mut().insert(ConnectInfo(peer));
    request.extensions_mut().insert(proxies.with_header(header));
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    request
}

fn ip(request: &Request<Body>) -> String {
    client_ip(request.headers(), request.extensions()).unwrap().to_string()
}

fn origin(request: &Request<Body>) -> String {
    public_origin(request.uri(), request.headers(), request.extensions()).to_string()
}

const FOR: &str = "x-forwarded-for";

#[test]
fn rh_090_security_1_5_8_the_walk_ends_at_the_first_address_that_is_not_trusted() {
    for (peer, headers, expected) in [
        // Nobody vouches for the headers of a stranger.
        ("192.0.2.1", &[(FOR, "198.51.100.7")][..], "192.0.2.1"),
        ("192.0.2.1", &[("forwarded", "for=198.51.100.7")], "192.0.2.1"),
        ("192.0.2.1", &[(FOR, "10.0.0.1")], "192.0.2.1"),
        // One proxy.
        ("10.0.0.1", &[], "10.0.0.1"),
        ("10.0.0.1", &[(FOR, "198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "1.1.1.1, 198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "1.1.1.1"), (FOR, "198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "198.51.100.7:61234")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "2001:DB9::7")], "2001:db9::7"),
        ("10.0.0.1", &[(FOR, "[2001:db9::7]:443")], "2001:db9::7"),
        ("10.0.0.1", &[(FOR, "::ffff:198.51.100.7")], "198.51.100.7"),
        ("::ffff:10.0.0.1", &[(FOR, "198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, " , 198.51.100.7 ,\t, ")], "198.51.100.7"),
        // Several, and one that claims to be.
        ("10.0.0.1", &[(FOR, "1.1.1.1, 198.51.100.7, 2001:db8::1, 10.0.0.2")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "10.9.9.9, 198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
        // What cannot be read ends the walk at the proxy that sent it.
        ("10.0.0.1", &[(FOR, "1.1.1.1, unknown")], "10.0.0.1"),
        ("10.0.0.1", &[(FOR, "1.1.1.1, é, 10.0.0.2")], "10.0.0.2"),
        ("10.0.0.1", &[(FOR, "é, 198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[(FOR, "for=\"[::1]:x\"")], "10.0.0.1"),
        // RFC 7239.
        ("10.0.0.1", &[("forwarded", "for=198.51.100.7")], "198.51.100.7"),
        (
            "10.0.0.1",
            &[("forwarded", "for=1.1.1.1, for=198.51.100.7, for=10.0.0.2")],
            "198.51.100.7",
        ),
        (
            "10.0.0.1",
            &[("forwarded", "for=1.1.1.1"), ("forwarded", "for=198.51.100.7")],
            "198.51.100.7",
        ),
        ("10.0.0.1", &[("forwarded", "for=\", for=198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[("forwarded", "for=1.1.1.1, for=_hidden")], "10.0.0.1"),
        ("10.0.0.1", &[("forwarded", "for=1.1.1.1, for=\"[::1]:x\"")], "10.0.0.1"),
        // Both: one of them is the client's own, and nobody knows which.
        ("10.0.0.1", &[("forwarded", "for=198.51.100.7"), (FOR, "198.51.100.7")], "198.51.100.7"),
        ("10.0.0.1", &[("forwarded", "for=1.1.1.1"), (FOR, "198.51.100.7")], "10.0.0.1"),
        // Never read.
        ("10.0.0.1", &[("x-real-ip", "1.1.1.1"), ("cf-connecting-ip", "1.1.1.1")], "10.0.0.1"),
    ] {
        assert_eq!(
            ip(&request(peer, headers, ForwardedHeader::Either)),
            expected,
            "{peer} {headers:?}"
        );
    }
}

#[test]
fn a_declared_header_is_the_only_one_read() {
    let both = &[("forwarded", "for=1.1.1.1"), (FOR, "2.2.2.2")];
    for (header, expected) in [
        (ForwardedHeader::Either, "10.0.0.1"),
        (ForwardedHeader::Forwarded, "1.1.1.1"),
        (ForwardedHeader::XForwarded, "2.2.2.2"),
    ] {
        assert_eq!(ip(&request("10.0.0.1", both, header)), expected);
    }
}

#[test]
fn security_1_5_8_fifty_hops_are_walked() {
    let hops = format!("198.51.100.7{}", ", 10.0.0.2".repeat(50));
    assert_eq!(ip(&request("10.0.0.1", &[(FOR, &hops)], ForwardedHeader::Either)), "198.51.100.7");
}

#[test]
fn rh_090_without_a_peer_there_is_no_client_ip() {
    let mut request = request("10.0.0.1", &[(FOR, "198.51.100.7")], ForwardedHeader::Either);
    request.extensions_mut().remove::<ConnectInfo<SocketAddr>>();
    assert_eq!(client_ip(request.headers(), request.extensions()), None);
}

#[test]
fn rh_125_rh_126_rh_128_v48_the_origin_is_the_hosts_unless_a_trusted_proxy_says_otherwise() {
    let https = ("x-forwarded-proto", "https");
    let example = ("host", "example.com");
    for (peer, headers, expected) in [
        ("192.0.2.1", &[example][..], "http://example.com"),
        ("192.0.2.1", &[example, https], "http://example.com"),
        ("192.0.2.1", &[example, https, ("x-forwarded-host", "evil.test")], "http://example.com"),
        (
            "192.0.2.1",
            &[example, ("forwarded", "proto=https;host=evil.test")],
            "http://example.com",
        ),
        ("192.0.2.1", &[("host", "Example.com:80")], "http://example.com"),
        ("192.0.2.1", &[("host", "127.0.0.1:3000")], "http://127.0.0.1:3000"),
        ("192.0.2.1", &[("host", "[::1]:3000")], "http://[::1]:3000"),
        // No host, or none that a URL could hold.
        ("192.0.2.1", &[], "http://localhost"),
        ("192.0.2.1", &[("host", "a@evil.test")], "http://localhost"),
        ("192.0.2.1", &[example, ("host", "evil.test")], "http://localhost"),
        // A trusted proxy.
        ("10.0.0.1", &[example, https], "https://example.com"),
        (
            "10.0.0.1",
            &[example, https, ("x-forwarded-host", "app.test:8443")],
            "https://app.test:8443",
        ),
        (
            "10.0.0.1",
            &[example, ("forwarded", "for=1.1.1.1;proto=https;host=app.test")],
            "https://app.test",
        ),
        ("10.0.0.1", &[example, ("x-forwarded-proto", "https://x/?")], "http://example.com"),
        ("10.0.0.1", &[example, ("x-forwarded-proto", "javascript")], "http://example.com"),
        ("10.0.0.1", &[example, https, ("x-forwarded-host", "a/b")], "https://example.com"),
        // The client's own values are to the left of the proxy's.
        ("10.0.0.1", &[example, ("x-forwarded-proto", "https, http")], "http://example.com"),
        ("10.0.0.1", &[example, ("x-forwarded-host", "evil.test, app.test")], "http://app.test"),
        // Two proxies: the outer one took the client's connection.
        (
            "10.0.0.1",
            &[example, (FOR, "1.1.1.1, 10.0.0.2"), ("x-forwarded-proto", "https, http")],
            "https://example.com",
        ),
        (
            "10.0.0.1",
            &[example, (FOR, "6.6.6.6, 1.1.1.1"), ("x-forwarded-proto", "https, http")],
            "http://example.com",
        ),
        (
            "10.0.0.1",
            &[example, ("forwarded", "for=1.1.1.1;proto=https, for=10.0.0.2;proto=http")],
            "https://example.com",
        ),
        (
            "10.0.0.1",
            &[example, ("forwarded", "for=6.6.6.6;host=evil.test, for=1.1.1.1;proto=https")],
            "https://example.com",
        ),
        // One of the two headers is the client's own.
        (
            "10.0.0.1",
            &[example, (FOR, "1.1.1.1"), ("forwarded", "for=1.1.1.1;host=evil.test")],
            "http://example.com",
        ),
        (
            "10.0.0.1",
            &[example, ("forwarded", "for=1.1.1.1"), ("x-forwarded-host", "evil.test")],
            "http://example.com",
        ),
    ] {
        assert_eq!(
            origin(&request(peer, headers, ForwardedHeader::Either)),
            expected,
            "{peer} {headers:?}"
        );
    }
}

#[test]
fn rfc9112_3_2_2_the_host_of_an_absolute_target_wins() {
    let mut request = request("192.0.2.1", &[("host", "other.test")], ForwardedHeader::Either);
    *request.uri_mut() = "https://example.com:8443/x".parse().unwrap();
    assert_eq!(origin(&request), "https://example.com:8443");
}

#[test]
fn rh_127_a_configured_origin_is_the_only_one() {
    let headers = &[("host", "evil.test"), ("x-forwarded-host", "evil.test")];
    let mut request = request("10.0.0.1", headers, ForwardedHeader::Either);
    request.extensions_mut().insert(PublicOrigin("https://app.example.com".parse().unwrap()));
    assert_eq!(origin(&request), "https://app.example.com");
}

/// An address outside of [`PROXIES`].
#[test]
fn security_53_a_page_is_of_this_app_where_the_trusted_proxies_say_so() {
    const HTTPS: (&str, &str) = ("x-forwarded-proto", "https");
    const CLIENT: (&str, &str) = (FOR, "198.51.100.7");
    for (peer, headers, page, is_own) in [
        ("10.0.0.1", &[CLIENT, HTTPS, ("x-forwarded-host", "a.b")][..], "https://a.b", true),
        ("10.0.0.1", &[CLIENT, HTTPS, ("x-forwarded-host", "a.b:443")], "https://a.b", true),
        ("10.0.0.1", &[CLIENT, HTTPS, ("x-forwarded-host", "a.b")], "http://a.b", false),
        ("10.0.0.1", &[CLIENT, HTTPS, ("x-forwarded-host", "a.b")], "https://inner", false),
        ("10.0.0.1", &[CLIENT, HTTPS], "https://inner", true),
        ("10.0.0.1", &[CLIENT], "http://inner", true),
        ("10.0.0.1", &[CLIENT], "https://inner", true),
        // What a stranger says is not asked for.
        ("192.0.2.1", &[HTTPS, ("x-forwarded-host", "a.b")], "https://a.b", false),
        ("192.0.2.1", &[("forwarded", "host=a.b;proto=https")], "https://a.b", false),
        ("192.0.2.1", &[HTTPS], "http://inner", true),
    ] {
        let headers = [&[("host", "inner"), ("origin", page)], headers].concat();
        let request = request(peer, &headers, ForwardedHeader::Either);
        let caller = Caller::of(request.uri(), request.headers(), request.extensions());
        assert_eq!(caller == Caller::OwnOrigin, is_own, "{peer} {headers:?}");
    }
}

fn stranger() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        (11_u8..=255, any::<[u8; 3]>()).prop_map(|(a, [b, c, d])| IpAddr::from([a, b, c, d])),
        any::<[u8; 13]>().prop_map(|tail| {
            let mut bytes = [0x26; 16];
            bytes[3..].copy_from_slice(&tail);
            IpAddr::from(bytes)
        }),
    ]
}

fn proxy() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<[u8; 3]>().prop_map(|[b, c, d]| IpAddr::from([10, b, c, d])),
        any::<u16>().prop_map(|low| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, low])),
    ]
}

/// What a client may send in a header: near misses, and anything that a header can hold.
fn header() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(String::from(",")),
        Just(String::from("\"")),
        Just(String::from("\\")),
        Just(String::from("for=")),
        Just(String::from(";")),
        Just(String::from("unknown")),
        Just(String::from("\"[::1]:80\"")),
        proxy().prop_map(|ip| ip.to_string()),
        stranger().prop_map(|ip| ip.to_string()),
        "[ -~é]{0,8}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn node(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("for={ip}"),
        IpAddr::V6(ip) => format!("for=\"[{ip}]\";proto=https"),
    }
}

proptest! {
    /// The model: a client sends what it likes, each proxy appends the address that it was called from, on the
    /// same line or on one of its own, and the last proxy calls the app. The answer is the client, always.
    #[test]
    fn a_chain_of_proxies_gives_its_client(
        sent in proptest::collection::vec(header(), 0..3),
        client in stranger(),
        chain in proptest::collection::vec((proxy(), any::<bool>()), 0..4),
        rfc7239 in any::<bool>(),
    ) {
        let (name, declared) = if rfc7239 {
            ("forwarded", ForwardedHeader::Forwarded)
        } else {
            (FOR, ForwardedHeader::XForwarded)
        };
        let mut lines = sent;
        let mut peer = client;
        for (proxy, own_line) in chain {
            let entry = if rfc7239 { node(peer) } else { peer.to_string() };
            match lines.last_mut() {
                Some(line) if !own_line => line.push_str(&format!(", {entry}")),
                _ => lines.push(entry),
            }
            peer = proxy;
        }
        let headers: Vec<_> = lines.iter().map(|line| (name, line.as_str())).collect();
        for header in [declared, ForwardedHeader::Either] {
            let request = request(&peer.to_string(), &headers, header);
            prop_assert_eq!(ip(&request), client.to_canonical().to_string(), "{:?}", headers);
        }
    }

    /// With both headers there, of which the client has made up one, it can hide behind its proxy at most.
    #[test]
    fn a_second_header_never_gives_an_address_of_the_clients_choice(
        sent in header(),
        client in stranger(),
        proxy in proxy(),
        rfc7239 in any::<bool>(),
    ) {
        let headers = if rfc7239 {
            [("forwarded", node(client)), (FOR, sent)]
        } else {
            [("forwarded", sent), (FOR, client.to_string())]
        };
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let found = ip(&request(&proxy.to_string(), &headers, ForwardedHeader::Either));
        prop_assert!(found == client.to_canonical().to_string() || found == proxy.to_string(), "{}", found);
    }

    #[test]
    fn any_header_is_read_without_a_panic(name in "(forwarded|x-forwarded-(for|host|proto)|host)", value in header()) {
        for peer in ["10.0.0.1", "192.0.2.1"] {
            let request = request(peer, &[(&name, &value)], ForwardedHeader::Either);
            prop_assert!(peer == "10.0.0.1" || ip(&request) == peer);
            let origin = origin(&request);
            prop_assert!(origin.parse::<Origin>().is_ok(), "{}", origin);
        }
    }
}
