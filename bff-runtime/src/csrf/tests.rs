use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};

use super::{Csrf, check};
use crate::{
    cors::{AllowedHeaders, AllowedOrigin, Cors, Origins},
    request::PublicOrigin,
};

const TRUSTING: Csrf = Csrf {
    enabled: true,
    trusted_origins: &[
        AllowedOrigin::Exact("https://partner.example"),
        AllowedOrigin::Subdomains { scheme: "https://", domain: ".example.com" },
    ],
};

const COOKIE: &str = "cookie: session=1";
const HOST: &str = "host: app.example.com";
const OWN: &str = "origin: https://app.example.com";
const EVIL: &str = "origin: https://evil.example";
const CROSS: &str = "sec-fetch-site: cross-site";

fn request(method: &str, lines: &[&str]) -> Request {
    let mut request = Request::builder().method(method).uri("/");
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    request.body(Body::empty()).unwrap()
}

/// Method, headers, and whether it is let in by the policy that holds unless another one is said.
const ROWS: [(&str, &[&str], bool); 24] = [
    // What a browser says of itself.
    ("POST", &[COOKIE, HOST, "sec-fetch-site: same-origin", OWN], true),
    ("POST", &[COOKIE, HOST, "sec-fetch-site: none"], true),
    ("POST", &[COOKIE, HOST, CROSS, EVIL], false),
    ("POST", &[COOKIE, HOST, "sec-fetch-site: same-site", "origin: https://b.example.com"], false),
    ("POST", &[COOKIE, HOST, CROSS, OWN], false),
    ("POST", &[COOKIE, HOST, CROSS], false),
    ("POST", &[COOKIE, HOST, CROSS, "origin: null"], false),
    // A page with `Referrer-Policy: no-referrer` hides its origin, from this app too.
    ("POST", &[COOKIE, HOST, "sec-fetch-site: same-origin", "origin: null"], true),
    ("POST", &[COOKIE, HOST, "sec-fetch-site: Same-Origin"], false),
    ("POST", &[COOKIE, HOST, "sec-fetch-site: "], false),
    ("POST", &[COOKIE, HOST, "sec-fetch-site: same-origin", "sec-fetch-site: same-origin"], false),
    // What one without Fetch Metadata says.
    ("POST", &[COOKIE, HOST, OWN], true),
    ("POST", &[COOKIE, "host: localhost:3000", "origin: http://localhost:3000"], true),
    ("POST", &[COOKIE, HOST, EVIL], false),
    ("POST", &[COOKIE, HOST, "origin: https://app.example.com:8443"], false),
    ("POST", &[COOKIE, HOST, "origin: null"], false),
    ("POST", &[COOKIE, HOST, OWN, EVIL], false),
    ("POST", &[COOKIE, HOST], true),
    // Every method that may change something, and none that does not.
    ("DELETE", &[COOKIE, HOST, CROSS, EVIL], false),
    ("PURGE", &[COOKIE, HOST, CROSS, EVIL], false),
    ("GET", &[COOKIE, HOST, CROSS, EVIL], true),
    // Without cookies nobody is impersonated.
    ("POST", &[HOST, CROSS, EVIL], true),
    ("POST", &[HOST], true),
    // The method is the one of the request line.
    ("POST", &[COOKIE, HOST, CROSS, "x-http-method-override: GET"], false),
];

#[test]
fn security_53_attack_23_twenty_four_requests_are_let_in_or_not() {
    for (method, lines, is_let_in) in ROWS {
        let checked = check(&Csrf::DEFAULT, None, &request(method, lines));
        assert_eq!(checked.is_ok(), is_let_in, "{method} {lines:?}");
        let off = Csrf { enabled: false, ..Csrf::DEFAULT };
        assert!(check(&off, None, &request(method, lines)).is_ok(), "{method} {lines:?}");
    }
}

#[test]
fn attack_23_no_header_and_no_method_of_any_name_is_a_way_around() {
    for name in ["x-http-method-override", "x-method-override", "x-http-method", "_method"] {
        let line = format!("{name}: GET");
        for method in ["PUT", "PATCH", "QUERY", "PROPFIND", "get", "CONNECT"] {
            let request = request(method, &[COOKIE, HOST, CROSS, EVIL, &line]);
            assert!(check(&Csrf::DEFAULT, None, &request).is_err(), "{method} {line}");
        }
        // A safe method does not become another one either.
        let request = request("GET", &[COOKIE, HOST, CROSS, EVIL, &format!("{name}: POST")]);
        assert!(check(&Csrf::DEFAULT, None, &request).is_ok(), "{line}");
    }
    for method in ["HEAD", "OPTIONS", "TRACE"] {
        assert!(check(&Csrf::DEFAULT, None, &request(method, &[COOKIE, HOST, CROSS])).is_ok());
    }
}

#[test]
fn pages_that_are_trusted_are_let_in_and_their_neighbours_are_not() {
    for (origin, is_let_in) in [
        ("origin: https://partner.example", true),
        ("origin: https://a.example.com", true),
        ("origin: https://a.b.example.com", true),
        ("origin: https://example.com", false),
        ("origin: http://partner.example", false),
        ("origin: https://partner.example:8443", false),
        ("origin: https://partner.example.evil.example", false),
        ("origin: https://evil-example.com", false),
        ("origin: https://PARTNER.example", false),
        ("origin: null", false),
    ] {
        for site in [&[CROSS][..], &["sec-fetch-site: same-site"], &[]] {
            let lines = [&[COOKIE, "host: api.example.net", origin], site].concat();
            let checked = check(&TRUSTING, None, &request("POST", &lines));
            assert_eq!(checked.is_ok(), is_let_in, "{lines:?}");
        }
    }
}

#[test]
fn a_cors_policy_with_credentials_trusts_those_that_it_lists() {
    const LISTED: Origins = Origins::Listed(&[AllowedOrigin::Exact("https://partner.example")]);
    const POLICY: Cors = Cors {
        origins: LISTED,
        credentials: true,
        allow_headers: AllowedHeaders::Asked,
        expose_headers: "",
        max_age: "600",
        private_network: false,
    };
    let from = |origin| request("POST", &[COOKIE, HOST, CROSS, origin]);
    for (cors, origin, is_let_in) in [
        (POLICY, "origin: https://partner.example", true),
        (POLICY, EVIL, false),
        (Cors { credentials: false, ..POLICY }, "origin: https://partner.example", false),
        (Cors { origins: Origins::Any, ..POLICY }, EVIL, false),
    ] {
        let checked = check(&Csrf::DEFAULT, Some(&cors), &from(origin));
        assert_eq!(checked.is_ok(), is_let_in, "{origin} {cors:?}");
    }
}

#[test]
fn the_origin_of_the_app_is_the_one_that_its_setting_says() {
    let public = PublicOrigin("https://app.example.com".parse().unwrap());
    for (lines, is_let_in) in [
        (&["host: backend:3000", OWN][..], true),
        (&["host: backend:3000", "origin: http://app.example.com"], false),
        (&["host: evil.example", EVIL], false),
    ] {
        let mut request = request("POST", &[&[COOKIE], lines].concat());
        request.extensions_mut().insert(public.clone());
        assert_eq!(check(&Csrf::DEFAULT, None, &request).is_ok(), is_let_in, "{lines:?}");
    }
}

#[tokio::test]
async fn security_53_a_refusal_says_nothing_of_what_was_compared() {
    let mut request = request("POST", &[COOKIE, HOST, CROSS]);
    let value = HeaderValue::from_bytes(b"https://evil.example\xff\t").unwrap();
    request.headers_mut().insert(header::ORIGIN, value);
    let refused = check(&Csrf::DEFAULT, None, &request).expect_err("a page of another site");
    let response: Response = refused.into_response();
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    for said in ["evil", "app.example.com", "cross-site", "session"] {
        assert!(!body.contains(said), "{body}");
    }
}
