use super::{ANY, LISTED, headers, lines};
use crate::cors::{Cors, CorsAnswer};

const EXPOSING: Cors = Cors { expose_headers: "etag, x-total", ..LISTED };
const PUBLIC: Cors = Cors { expose_headers: "*", ..ANY };

/// What a mistake in hand-written data would be; the build refuses it.
const BOTH: Cors = Cors { credentials: true, ..ANY };

const APP: (&str, &str) = ("origin", "https://app.example.com");
const EVIL: (&str, &str) = ("origin", "https://evil.example");

#[test]
fn rh_401_a_response_says_who_may_read_it_unless_the_handler_has() {
    const LET_IN: &[&str] = &[
        "access-control-allow-credentials: true",
        "access-control-allow-origin: https://app.example.com",
        "vary: origin",
    ];
    for (cors, request, response, expected) in [
        (&LISTED, &[APP][..], &[][..], LET_IN),
        (&LISTED, &[EVIL], &[], &["vary: origin"]),
        (&LISTED, &[], &[], &["vary: origin"]),
        (&LISTED, &[EVIL], &[("vary", "accept, Origin")], &["vary: accept, Origin"]),
        (&LISTED, &[EVIL], &[("vary", "accept")], &["vary: accept", "vary: origin"]),
        (&LISTED, &[EVIL], &[("vary", "*")], &["vary: *"]),
        (
            &EXPOSING,
            &[APP],
            &[],
            &[LET_IN[0], LET_IN[1], "access-control-expose-headers: etag, x-total", "vary: origin"],
        ),
        (
            &EXPOSING,
            &[APP],
            &[("access-control-expose-headers", "x-mine")],
            &[LET_IN[0], LET_IN[1], "access-control-expose-headers: x-mine", "vary: origin"],
        ),
        (&EXPOSING, &[EVIL], &[], &["vary: origin"]),
        // The answer is the same for everybody, so a cache need not tell them apart.
        (&ANY, &[APP], &[], &["access-control-allow-origin: *"]),
        (&ANY, &[("origin", "null")], &[], &["access-control-allow-origin: *"]),
        (&ANY, &[], &[], &["access-control-allow-origin: *"]),
        (&BOTH, &[APP], &[], &["access-control-allow-origin: *"]),
        (
            &PUBLIC,
            &[],
            &[],
            &["access-control-allow-origin: *", "access-control-expose-headers: *"],
        ),
        // What a handler says itself is not made to mean more.
        (
            &EXPOSING,
            &[APP],
            &[("access-control-allow-origin", "*")],
            &["access-control-allow-origin: *", "vary: origin"],
        ),
        (
            &ANY,
            &[APP],
            &[("access-control-allow-origin", "https://b.example"), ("vary", "origin")],
            &["access-control-allow-origin: https://b.example", "vary: origin"],
        ),
    ] {
        let mut response = headers(response);
        CorsAnswer::of(cors, &headers(request)).put_on(&mut response);
        assert_eq!(lines(&response), expected, "{request:?}");
    }
}

#[test]
fn only_a_listed_origin_with_credentials_acts_for_the_user() {
    const WITHOUT: Cors = Cors { credentials: false, ..LISTED };
    for (cors, origin, expected) in [
        (LISTED, "https://app.example.com", true),
        (LISTED, "https://a.example.org", true),
        (LISTED, "https://evil.example", false),
        (LISTED, "null", false),
        (WITHOUT, "https://app.example.com", false),
        (ANY, "https://app.example.com", false),
        (BOTH, "https://app.example.com", false),
    ] {
        assert_eq!(cors.lets_act(origin.as_bytes()), expected, "{origin}");
    }
}
