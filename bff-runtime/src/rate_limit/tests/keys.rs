use axum::extract::Request;
use http::{Method, request::Parts};

use super::support::{allowed, any, fixed, limiter, limiters, passes, request};
use crate::{
    rate_limit::{Key, Limiter, RateLimit, Verdict, Who},
    request::TrustedProxies,
};

/// One request in a minute, counted by this.
fn one_by(by: &'static [Key]) -> Limiter {
    limiter(&[RateLimit::new("a", 1, 60).by(by)]).0
}

/// Whether two requests take from one bucket.
fn share(by: &'static [Key], one: Request, other: Request) -> bool {
    let limiter = one_by(by);
    assert!(passes(&limiter, one));
    !passes(&limiter, other)
}

const CLIENT: &str = "192.0.2.1";
const OTHER: &str = "192.0.2.2";

#[test]
fn attack_27_addresses_that_are_one_client_share_a_bucket() {
    for (one, other, expected) in [
        (CLIENT, CLIENT, true),
        (CLIENT, OTHER, false),
        (CLIENT, "::ffff:192.0.2.1", true),
        (CLIENT, "::ffff:192.0.2.2", false),
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true),
        ("2001:db8::1", "2001:db8:0:1::1", false),
        // The first bytes of an IPv6 address are no IPv4 address.
        ("192.0.2.1", "c000:201::", false),
    ] {
        assert_eq!(
            share(&[Key::Ip], request(one, &[]), request(other, &[])),
            expected,
            "{one} {other}"
        );
    }
}

#[test]
fn attack_27_how_a_request_is_written_makes_no_other_client_of_it() {
    let with = |method: Method, uri: &str, headers: &[(&str, &str)]| {
        let mut request = request(CLIENT, headers);
        *request.method_mut() = method;
        *request.uri_mut() = uri.parse().unwrap();
        *request.version_mut() = http::Version::HTTP_2;
        request
    };
    for other in [
        with(Method::HEAD, "/", &[]),
        with(Method::GET, "/A%2fb//c?x=1", &[]),
        with(Method::GET, "/", &[("x-forwarded-for", "198.51.100.7")]),
        with(Method::GET, "/", &[("forwarded", "for=198.51.100.7"), ("x-real-ip", "198.51.100.7")]),
        with(Method::GET, "/", &[("x-client-ip", "1.1.1.1"), ("cf-connecting-ip", "1.1.1.1")]),
    ] {
        assert!(share(&[Key::Ip], any(), other));
    }
}

#[test]
fn security_49_forged_addresses_hit_one_bucket() {
    let limiter = one_by(&[Key::Ip]);
    let forged = (0..100_000_u32).filter(|number| {
        let address = std::net::Ipv4Addr::from(*number * 40_000).to_string();
        passes(&limiter, request(CLIENT, &[("x-forwarded-for", &address)]))
    });
    assert_eq!(forged.count(), 1);
}

#[test]
fn security_49_behind_a_proxy_the_address_that_it_saw_counts() {
    let limiter = one_by(&[Key::Ip]);
    let proxies: TrustedProxies = "10.0.0.0/8".parse().unwrap();
    let through = |forwarded: &str| {
        let mut request = request("10.0.0.1", &[("x-forwarded-for", forwarded)]);
        request.extensions_mut().insert(proxies.clone());
        passes(&limiter, request)
    };
    assert!(through("192.0.2.1") && through("192.0.2.2"));
    // Whatever the client has written to the left of what the proxies saw.
    let forged =
        (0..1000).filter(|number| through(&format!("198.51.100.{number}, 192.0.2.1, 10.9.9.9")));
    assert_eq!(forged.count(), 0);
}

#[test]
fn security_49_all_addresses_of_a_network_of_ipv6_hit_one_bucket() {
    let limiter = one_by(&[Key::Ip]);
    let of = |number: u32| passes(&limiter, request(&format!("2001:db8::{number:x}:1"), &[]));
    assert_eq!((0..65_536).filter(|number| of(*number)).count(), 1);
}

#[test]
fn a_value_is_the_client_wherever_it_comes_from() {
    const HEADER: &[Key] = &[Key::Header("x-api-key")];
    const COOKIE: &[Key] = &[Key::Cookie("visitor")];
    const BOTH: &[Key] = &[Key::Header("x-api-key"), Key::Ip];
    const TWO: &[Key] = &[Key::Header("a"), Key::Header("b")];
    let key = |value| request(CLIENT, &[("x-api-key", value)]);
    let cookie = |value| request(CLIENT, &[("cookie", value)]);
    for (what, by, one, other, expected) in [
        ("one key", HEADER, key("k"), request(OTHER, &[("x-api-key", "k")]), true),
        ("two keys", HEADER, key("k"), key("l"), false),
        (
            "a second line",
            HEADER,
            key("k"),
            request(CLIENT, &[("x-api-key", "k"), ("x-api-key", "z")]),
            true,
        ),
        ("no key, one address", HEADER, any(), any(), true),
        ("no key, two addresses", HEADER, any(), request(OTHER, &[]), false),
        ("an empty key is a key", HEADER, key(""), any(), false),
        ("a key that looks like an address", HEADER, any(), key("4\u{c0}"), false),
        (
            "one cookie",
            COOKIE,
            cookie("visitor=v"),
            request(OTHER, &[("cookie", "a=b; visitor=v")]),
            true,
        ),
        ("two cookies", COOKIE, cookie("visitor=v"), cookie("visitor=w"), false),
        ("a cookie in other letters", COOKIE, cookie("visitor=v"), cookie("visitor=%76"), true),
        (
            "the last cookie of a name",
            COOKIE,
            cookie("visitor=v"),
            cookie("visitor=w; visitor=v"),
            true,
        ),
        ("no cookie", COOKIE, cookie("visitors=v"), request(OTHER, &[]), false),
        ("key and address", BOTH, key("k"), key("k"), true),
        ("key and another address", BOTH, key("k"), request(OTHER, &[("x-api-key", "k")]), false),
        (
            "values do not run into one another",
            TWO,
            request(CLIENT, &[("a", "xy"), ("b", "z")]),
            request(CLIENT, &[("a", "x"), ("b", "yz")]),
            false,
        ),
    ] {
        assert_eq!(share(by, one, other), expected, "{what}");
    }
}

#[test]
fn a_function_says_who_it_is_and_sees_the_whole_head() {
    fn tenant(head: &Parts) -> Option<String> {
        head.uri.host().map(str::to_owned)
    }
    // As generated code writes it.
    const LIMIT: RateLimit = RateLimit::new("a", 1, 60).by(&[Key::Function(tenant)]);
    const TENANT: &[Key] = LIMIT.by;
    let at = |peer, uri: &str| {
        let mut request = request(peer, &[("x-kept", "1")]);
        *request.uri_mut() = uri.parse().unwrap();
        request
    };
    assert!(share(TENANT, at(CLIENT, "http://a.b/"), at(OTHER, "http://a.b/x")));
    assert!(!share(TENANT, at(CLIENT, "http://a.b/"), at(CLIENT, "http://c.d/")));
    assert!(!share(TENANT, at(CLIENT, "/"), at(OTHER, "/")));
    let mut request = at(CLIENT, "http://a.b/");
    let verdict = one_by(TENANT).check(&mut request);
    assert!(matches!(verdict, Some(Verdict::Allowed(_))));
    assert_eq!((request.uri().host(), request.headers().len()), (Some("a.b"), 1));
}

#[test]
fn a_function_that_panics_costs_its_client_no_more_than_the_key() {
    const PANICS: &[Key] = &[Key::Function(|_| panic!("on purpose"))];
    assert!(share(PANICS, any(), any()));
    assert!(!share(PANICS, any(), request(OTHER, &[])));
}

#[test]
fn clients_whose_address_nobody_knows_share_a_bucket() {
    let nowhere = || {
        let mut request = any();
        request.extensions_mut().clear();
        request
    };
    assert!(share(&[Key::Ip], nowhere(), nowhere()));
    assert!(!share(&[Key::Ip], nowhere(), any()));
}

#[tokio::test]
async fn sessions_and_users_are_asked_for() {
    let (limiters, _) = limiters();
    let limiters = limiters.identified_by(|head, who| {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let name = if who == Who::User { "x-user" } else { "x-session" };
            head.headers.get(name)?.to_str().ok().map(str::to_owned)
        })
    });
    let by_user = fixed(RateLimit::new("u", 1, 60).by(&[Key::User]));
    let by_session = fixed(RateLimit::new("s", 2, 60).by(&[Key::Session]));
    let limiter = limiters.limiter(&[by_user, by_session]).unwrap();
    let passes = async |peer, headers: &[(&str, &str)]| {
        let mut request = request(peer, headers);
        assert!(limiter.check(&mut request).is_none());
        let verdict = limiter.wait(&mut request).await;
        assert_eq!(request.headers().len(), headers.len());
        matches!(verdict, Verdict::Allowed(_))
    };
    assert!(passes(CLIENT, &[("x-user", "u"), ("x-session", "s")]).await);
    assert!(!passes(OTHER, &[("x-user", "u"), ("x-session", "t")]).await);
    assert!(passes(OTHER, &[("x-user", "v"), ("x-session", "s")]).await);
    assert!(!passes(OTHER, &[("x-user", "w"), ("x-session", "s")]).await);
    // Nobody is counted by address, and apart from those who are somebody there.
    assert!(passes(CLIENT, &[]).await && !passes(CLIENT, &[]).await);
    assert!(passes(OTHER, &[]).await);
}

#[tokio::test]
async fn without_anybody_to_ask_sessions_are_counted_by_address() {
    let limiter = one_by(&[Key::Session]);
    let passes = async |peer| {
        let verdict = limiter.wait(&mut request(peer, &[])).await;
        matches!(verdict, Verdict::Allowed(_))
    };
    assert!(passes(CLIENT).await && !passes(CLIENT).await && passes(OTHER).await);
}

#[test]
fn the_addresses_of_two_limits_are_looked_up_once_and_counted_twice() {
    let (limiter, _) = limiter(&[RateLimit::new("a", 5, 1), RateLimit::new("b", 3, 60)]);
    assert_eq!(allowed(&limiter, 10), 3);
}
