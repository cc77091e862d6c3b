use http::{HeaderValue, Method};

use super::{ANY, LISTED, headers, lines};
use crate::cors::{AllowedHeaders, Cors, is_preflight, preflight};

const ORIGIN: (&str, &str) = ("origin", "https://app.example.com");
const PUT: (&str, &str) = ("access-control-request-method", "PUT");
const PRIVATE: (&str, &str) = ("access-control-request-private-network", "true");

const CHOOSY: Cors = Cors { allow_headers: AllowedHeaders::Listed("x-a, x-b"), ..LISTED };
const STRICT: Cors = Cors { allow_headers: AllowedHeaders::Listed(""), ..LISTED };
const OPEN: Cors = Cors { private_network: true, max_age: "7200", ..ANY };

/// What a preflight with these headers beside its origin and method is answered.
fn answer(cors: &Cors, more: &[(&'static str, &str)]) -> Vec<String> {
    let request = headers(&[&[ORIGIN, PUT], more].concat());
    let response = preflight(cors, &request, HeaderValue::from_static("GET, HEAD, PUT"));
    assert_eq!(response.status(), 204);
    lines(response.headers())
}

#[test]
fn rh_402_px_97_a_preflight_is_answered_with_what_the_route_has() {
    assert_eq!(
        answer(&LISTED, &[("access-control-request-headers", "content-type,x-a")]),
        [
            "access-control-allow-credentials: true",
            "access-control-allow-headers: content-type,x-a",
            "access-control-allow-methods: GET, HEAD, PUT",
            "access-control-allow-origin: https://app.example.com",
            "access-control-max-age: 600",
            "vary: origin, access-control-request-method, access-control-request-headers",
        ]
    );
    assert_eq!(
        answer(&OPEN, &[PRIVATE]),
        [
            "access-control-allow-methods: GET, HEAD, PUT",
            "access-control-allow-origin: *",
            "access-control-allow-private-network: true",
            "access-control-max-age: 7200",
            "vary: origin, access-control-request-method, access-control-request-headers, \
             access-control-request-private-network",
        ]
    );
}

#[test]
fn attack_22_a_refused_preflight_says_nothing_but_what_it_depends_on() {
    const VARY: &str =
        "vary: origin, access-control-request-method, access-control-request-headers";
    for request in [
        &[("origin", "https://evil.example"), PUT][..],
        &[("origin", "null"), PUT],
        &[PUT],
        &[ORIGIN, ("access-control-request-method", "P UT")],
        &[ORIGIN, ("access-control-request-method", "")],
        &[ORIGIN, PUT, PUT],
        &[ORIGIN],
    ] {
        let response = preflight(&LISTED, &headers(request), HeaderValue::from_static("PUT"));
        assert_eq!(
            (response.status().as_u16(), lines(response.headers())),
            (204, vec![VARY.to_owned()])
        );
    }
}

#[test]
fn the_headers_that_are_asked_for_are_names_or_those_of_the_policy() {
    let allowed = |cors, asked| {
        let lines = answer(cors, &[("access-control-request-headers", asked)]);
        let name = "access-control-allow-headers: ";
        lines.iter().find_map(|line| line.strip_prefix(name).map(str::to_owned))
    };
    for (cors, asked, expected) in [
        (&LISTED, "x-a", Some("x-a")),
        (&LISTED, "authorization, content-type", Some("authorization, content-type")),
        (&ANY, "authorization", Some("authorization")),
        (&LISTED, "", None),
        (&LISTED, "*", None),
        (&LISTED, "x-a, *", None),
        (&LISTED, "x-a,,x-b", None),
        (&LISTED, "x a", None),
        (&LISTED, "x-ä", None),
        (&LISTED, "x-a; x-b", None),
        (&CHOOSY, "x-a", Some("x-a, x-b")),
        (&CHOOSY, "x-c", Some("x-a, x-b")),
        (&CHOOSY, "*", Some("x-a, x-b")),
        (&STRICT, "x-a", None),
    ] {
        assert_eq!(allowed(cors, asked).as_deref(), expected, "{asked}");
    }
    assert!(answer(&LISTED, &[]).iter().all(|line| !line.contains("allow-headers")));
}

#[test]
fn a_private_network_is_open_to_those_that_ask_where_the_policy_says_so() {
    for (cors, asked, expected) in
        [(&OPEN, "true", true), (&OPEN, "1", false), (&LISTED, "true", false)]
    {
        let lines = answer(cors, &[("access-control-request-private-network", asked)]);
        let is_open = lines.iter().any(|line| line.contains("allow-private-network"));
        assert_eq!(is_open, expected, "{asked}");
    }
}

#[test]
fn u7_a_preflight_is_an_options_with_an_origin_and_a_method() {
    for (method, request, expected) in [
        (Method::OPTIONS, &[ORIGIN, PUT][..], true),
        (Method::OPTIONS, &[ORIGIN], false),
        (Method::OPTIONS, &[PUT], false),
        (Method::OPTIONS, &[], false),
        (Method::GET, &[ORIGIN, PUT], false),
        (Method::POST, &[ORIGIN, PUT], false),
    ] {
        assert_eq!(is_preflight(&method, &headers(request)), expected, "{method} {request:?}");
    }
}
