use axum::response::IntoResponse;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::{LISTED, headers};
use crate::{
    Problem,
    cors::{CorsAnswer, is_preflight, preflight},
};

/// The `Origin` lines of a request to [`LISTED`], and whether its page may read.
const ROWS: [(&[&str], bool); 40] = [
    (&["https://app.example.com"], true),
    (&["https://admin.example.com:8443"], true),
    (&["http://localhost:3000"], true),
    (&["http://[::1]:3000"], true),
    (&["tauri://localhost"], true),
    (&["https://a.example.org"], true),
    (&["https://a.b-c.d_e.example.org"], true),
    (&["https://xn--mnchen-3ya.example.org"], true),
    (&["https://a.example.net:8443"], true),
    // None, and what has no name.
    (&[], false),
    (&[""], false),
    (&["null"], false),
    (&["*"], false),
    // Another scheme or port.
    (&["http://app.example.com"], false),
    (&["https://app.example.com:444"], false),
    (&["https://app.example.com:443"], false),
    (&["https://admin.example.com"], false),
    (&["http://localhost"], false),
    (&["https://a.example.net"], false),
    (&["http://a.example.org"], false),
    (&["https://a.example.org:8443"], false),
    // Names that begin or end alike.
    (&["https://app.example.com.evil.example"], false),
    (&["https://evilapp.example.com"], false),
    (&["https://evilexample.org"], false),
    (&["https://example.org"], false),
    (&["https://.example.org"], false),
    (&["https://a..example.org"], false),
    (&["https://a.example.org.evil.example"], false),
    (&["https://evil.example/.example.org"], false),
    (&["https://evil.example?.example.org"], false),
    (&["https://evil.example#.example.org"], false),
    (&["https://evil.example\\.example.org"], false),
    (&["https://user@a.example.org"], false),
    // Other spellings, which no browser has.
    (&["HTTPS://app.example.com"], false),
    (&["https://APP.example.com"], false),
    (&["https://app.example.com."], false),
    (&["https://app.example.com/"], false),
    (&["http://[0:0:0:0:0:0:0:1]:3000"], false),
    (&["https://app.example.com https://a.example.org"], false),
    // Said twice.
    (&["https://app.example.com", "https://app.example.com"], false),
];

fn request(origins: &[&str]) -> HeaderMap {
    let mut request = headers(&[("access-control-request-method", "PUT")]);
    for origin in origins {
        request.append(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
    }
    request
}

#[test]
fn security_52_attack_22_forty_origins_are_let_in_or_not() {
    for (origins, is_let_in) in ROWS {
        let request = request(origins);
        let expected = is_let_in.then_some(origins.first().copied()).flatten();
        let check = |response: &HeaderMap, what: &str| {
            let value = |name| response.get(name).map(HeaderValue::as_bytes);
            let allowed = value(header::ACCESS_CONTROL_ALLOW_ORIGIN);
            assert_eq!(allowed, expected.map(str::as_bytes), "{origins:?}: {what}");
            let credentials = value(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
            assert_eq!(credentials, is_let_in.then_some(&b"true"[..]), "{origins:?}: {what}");
            let vary = response.get(header::VARY).and_then(|vary| vary.to_str().ok());
            assert!(vary.is_some_and(|vary| vary.contains("origin")), "{origins:?}: {what}");
        };
        let answer = CorsAnswer::of(&LISTED, &request);
        for status in [200, 304, 400, 401, 403, 404, 405, 413, 429, 500, 504] {
            let status = StatusCode::from_u16(status).unwrap();
            let mut response = match status.as_u16() >= 400 {
                true => Problem::new(status).into_response(),
                false => status.into_response(),
            };
            answer.put_on(response.headers_mut());
            check(response.headers(), status.as_str());
        }
        assert_eq!(is_preflight(&Method::OPTIONS, &request), !origins.is_empty(), "{origins:?}");
        let response = preflight(&LISTED, &request, HeaderValue::from_static("GET, HEAD, PUT"));
        assert_eq!(response.status(), 204);
        check(response.headers(), "preflight");
    }
}
