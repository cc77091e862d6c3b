use http::{HeaderMap, HeaderValue, header};
use proptest::prelude::*;
use regex::Regex;

use super::{ANY, LISTED};
use crate::cors::{CorsAnswer, preflight};

/// Origins that are listed, and pieces of them in any order.
fn origin() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "https://",
        "http://",
        "HTTPS://",
        "tauri://",
        "//",
        "app",
        "admin",
        "a",
        "*",
        ".",
        "..",
        "example",
        ".example.org",
        ".example.com",
        ".example.net",
        "localhost",
        "[::1]",
        ":",
        ":443",
        ":8443",
        ":3000",
        "/",
        "@",
        "?",
        "#",
        "\\",
        "null",
        " ",
        "\t",
        ",",
        "A",
        "-",
        "_",
        "é",
        "%2e",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..7);
    let joined = pieces.prop_map(|pieces| pieces.concat());
    let known = proptest::sample::select(
        &["https://app.example.com", "https://a.b.example.org", "https://a.example.net:8443"][..],
    );
    let one_more = (known, "\\PC{0,2}", "\\PC{0,2}")
        .prop_map(|(known, before, after)| format!("{before}{known}{after}"));
    prop_oneof![joined, one_more, "\\PC{0,40}"]
}

/// What [`LISTED`] allows, said another way.
fn is_listed(origin: &str) -> bool {
    let listed = Regex::new(
        r"\A(https://app\.example\.com|https://admin\.example\.com:8443|http://localhost:3000|http://\[::1\]:3000|tauri://localhost|https://([a-z0-9_-]+\.)+example\.org|https://([a-z0-9_-]+\.)+example\.net:8443)\z",
    );
    listed.unwrap().is_match(origin)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn security_52_whatever_the_origin_only_a_listed_one_is_echoed_and_byte_by_byte(origin in origin()) {
        let Ok(value) = HeaderValue::from_bytes(origin.as_bytes()) else { return Ok(()) };
        let mut request = HeaderMap::new();
        request.insert(header::ORIGIN, value);
        request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("GET"));
        for (cors, expected) in [
            (&LISTED, is_listed(&origin).then_some(origin.as_bytes())),
            (&ANY, Some(&b"*"[..])),
        ] {
            let mut response = HeaderMap::new();
            CorsAnswer::of(cors, &request).put_on(&mut response);
            let beforehand = preflight(cors, &request, HeaderValue::from_static("GET"));
            for headers in [&response, beforehand.headers()] {
                let allowed = headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
                prop_assert_eq!(allowed.map(HeaderValue::as_bytes), expected);
                let credentials = headers.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
                prop_assert!(!credentials || expected == Some(origin.as_bytes()));
            }
        }
    }
}
