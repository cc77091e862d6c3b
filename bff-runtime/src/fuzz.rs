//! Fuzz targets: what clients send, given to whoever reads it. Each says what must hold for any bytes.
//!
//! `cargo test` tries random bytes, as many as `BFF_FUZZ_ITERATIONS` says; `cargo bolero test` runs the same targets
//! under a fuzzer that follows the branches of the code, where one is installed.

use axum::{
    body::{Body, Bytes},
    extract::Request,
    response::{IntoResponse, Response},
};
use bolero::check;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body::Body as _;
use serde_json::Value;

use crate::{
    Json, RequestExt, ResponseExt,
    cookies::{Cookie, Cookies},
    cors::{AllowedHeaders, AllowedOrigin, Cors, Origins, preflight},
    request::{Caller, JsonLimits, Origin},
    response::{Conditions, Etag, bytes},
    routing::decode,
};

/// Enough to find what is shallow, and few enough for every test run.
pub(crate) fn iterations() -> usize {
    let chosen = std::env::var("BFF_FUZZ_ITERATIONS").ok();
    chosen.and_then(|number| number.parse().ok()).unwrap_or(2_000)
}

fn header_value(input: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_bytes(input).ok()
}

fn get(uri: &str) -> Option<Request> {
    Request::get(uri).body(Body::empty()).ok()
}

#[test]
fn rh_153_any_cookie_header_is_read() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let Some(value) = header_value(input) else { return };
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, value);
        let cookies = Cookies::from_headers(&headers);
        assert!(cookies.iter().all(|(name, _)| !name.is_empty() && cookies.has(&name)));
    });
}

#[test]
fn rh_178_a_set_cookie_line_that_is_read_can_be_written_and_read_again() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let Ok(line) = std::str::from_utf8(input) else { return };
        let Ok(cookie) = Cookie::parse_set_cookie(line) else { return };
        let again = Cookie::parse_set_cookie(cookie.to_string());
        assert_eq!(again.map(|it| it.value().to_owned()).ok().as_deref(), Some(cookie.value()));
    });
}

#[cfg(feature = "jwt")]
#[test]
fn attack_26_any_token_is_refused_that_nobody_has_signed() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

    use std::panic::AssertUnwindSafe;

    use ring::hmac;

    use crate::jwt::{Algorithm, JwtError, Keys, Verifier};

    let key = hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let keys = Keys::from_secret(Algorithm::Hs256, [7; 32]).unwrap();
    // A verifier with fixed keys does not change.
    let verifier = AssertUnwindSafe(Verifier::new("issuer", "audience", keys));
    check!().with_type::<(Vec<u8>, Vec<u8>, u8)>().with_iterations(iterations()).for_each(
        |(header, claims, how)| {
            let encoded = |bytes: &[u8]| BASE64.encode(bytes);
            let signed = format!("{}.{}", encoded(br#"{"alg":"HS256"}"#), encoded(claims));
            let token = match how % 4 {
                0 => String::from_utf8_lossy(header).into_owned(),
                1 => format!("{}.{}.", encoded(header), encoded(claims)),
                2 => format!("{signed}.AA"),
                // Signed, so that the claims are read: for this audience they are none.
                _ => format!("{signed}.{}", encoded(hmac::sign(&key, signed.as_bytes()).as_ref())),
            };
            let error = runtime.block_on(verifier.verify::<Value>(&token)).unwrap_err();
            assert_eq!(error.status(), StatusCode::UNAUTHORIZED);
            assert_eq!(how % 4 == 2, error == JwtError::Signature, "{token}");
        },
    );
}

#[cfg(feature = "jwt")]
#[test]
fn security_23_any_bytes_are_keys_or_refused() {
    use crate::jwt::{Algorithm, Keys};

    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let _ = Keys::from_jwk(input);
        let der = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, input);
        for label in ["PUBLIC KEY", "RSA PUBLIC KEY"] {
            let pem = format!("-----BEGIN {label}-----\n{der}\n-----END {label}-----");
            let _ = Keys::from_pem(Algorithm::Rs256, pem);
        }
    });
}

#[test]
fn rh_129_any_query_is_read_or_refused() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let query = String::from_utf8_lossy(input);
        let Some(request) = get(&format!("/?{query}")) else { return };
        let pairs = request.query::<Vec<(String, String)>>();
        let status = pairs.map_or_else(|error| error.status(), |_| StatusCode::OK);
        assert!(matches!(status.as_u16(), 200 | 400));
    });
}

#[test]
fn rh_026_rh_028_a_segment_is_decoded_once_or_refused() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let Ok(segment) = std::str::from_utf8(input) else { return };
        let Some(decoded) = decode(segment) else { return };
        assert_eq!(percent_encoding::percent_decode_str(segment).decode_utf8().ok(), Some(decoded));
    });
}

#[test]
fn rh_139_a_reference_of_anybody_stays_on_the_site() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let (Ok(reference), Some(request)) = (std::str::from_utf8(input), get("/a/b?c")) else {
            return;
        };
        if let Ok(joined) = request.url().join(reference) {
            assert_eq!(joined.origin(), request.url().origin());
            assert!(!joined.href().contains(['\r', '\n', '\\', ' ']));
        }
    });
}

#[test]
fn attack_18_a_callback_of_anybody_is_a_path_of_the_app() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let (Ok(text), Some(request)) = (std::str::from_utf8(input), get("/a/b?c")) else { return };
        for text in [text, &format!("/{text}"), &format!("http://localhost/{text}")] {
            let target = request.url().callback_to(text).or("/");
            assert!(target.starts_with('/') && !target.starts_with("//"), "{target}");
            assert!(
                target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'),
                "{target}"
            );
        }
    });
}

#[test]
fn rh_196_rh_197_any_range_and_precondition_gives_a_part_or_the_whole() {
    const WHOLE: &[u8] = b"0123456789";
    check!().with_type::<(Vec<u8>, Vec<u8>, u8)>().with_iterations(iterations()).for_each(
        |(range, tag, which)| {
            let range = header_value(&[b"bytes=", &**range].concat());
            let (Some(range), Some(tag)) = (range, header_value(tag)) else { return };
            let name = [header::IF_NONE_MATCH, header::IF_MATCH, header::IF_RANGE];
            let Some(mut request) = get("/") else { return };
            request.headers_mut().insert(header::RANGE, range);
            request.headers_mut().insert(name[usize::from(*which) % name.len()].clone(), tag);
            let mut response: Response = bytes(WHOLE).with_etag(Etag::of(WHOLE)).with_ranges();
            if let Some(conditions) = Conditions::of(&request) {
                conditions.apply(&mut response);
            }
            assert!(matches!(response.status().as_u16(), 200 | 206 | 304 | 412 | 416));
            let length = response.headers().get(header::CONTENT_LENGTH).cloned();
            let body = response.body().size_hint().exact();
            assert!(length.is_none_or(|length| body.map(HeaderValue::from) == Some(length)));
        },
    );
}

#[test]
fn rh_106_any_bytes_are_json_or_refused() {
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let status = match Json::<Value>::from_bytes(&Bytes::copy_from_slice(input)) {
            Ok(_) => StatusCode::OK,
            Err(problem) => problem.into_response().status(),
        };
        assert!(matches!(status.as_u16(), 200 | 400));
    });
}

#[test]
fn security_29_any_json_is_as_deep_as_its_limit_or_refused() {
    fn depth(value: &Value) -> usize {
        match value {
            Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
            Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
            _ => 0,
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    check!().with_type::<(Vec<u8>, u8)>().with_iterations(iterations()).for_each(
        |(input, limit)| {
            // Mostly brackets, quotes and escapes, so that much of it is JSON.
            const ALPHABET: &[u8; 16] = b"[[[]]]{}\"\"\"\\:1,a";
            let body: Vec<u8> = input.iter().map(|byte| ALPHABET[usize::from(byte % 16)]).collect();
            let limit = usize::from(limit % 8);
            let known = serde_json::from_slice::<Value>(&body).ok();
            let request = Request::post("/").header("content-type", "application/json");
            let Ok(mut request) = request.body(Body::from(body)) else { return };
            request.extensions_mut().insert(JsonLimits::new().depth(limit));
            let found = runtime.block_on(request.json::<Value>());
            assert_eq!(found.ok(), known.filter(|value| depth(value) <= limit));
        },
    );
}

#[test]
fn rh_109_rh_110_any_multipart_body_is_parts_or_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    check!().with_iterations(iterations()).for_each(|input: &[u8]| {
        let body =
            [b"--X\r\nContent-Disposition: form-data; name=\"a\"\r\n", input, b"\r\n--X--\r\n"]
                .concat();
        let request = Request::post("/").header("content-type", "multipart/form-data; boundary=X");
        let Ok(request) = request.body(Body::from(body)) else { return };
        let form = runtime.block_on(request.form_data());
        let status = form.map_or_else(|error| error.status(), |_| StatusCode::OK);
        assert!(matches!(status.as_u16(), 200 | 400 | 413));
    });
}

#[test]
fn security_52_any_origin_is_one_of_the_list_or_nobodys() {
    const LISTED: Cors = Cors {
        origins: Origins::Listed(&[
            AllowedOrigin::Exact("https://a.example"),
            AllowedOrigin::Subdomains { scheme: "https://", domain: ".b.example" },
        ]),
        credentials: true,
        allow_headers: AllowedHeaders::Asked,
        expose_headers: "",
        max_age: "600",
        private_network: false,
    };
    check!().with_type::<(Vec<u8>, Vec<u8>, bool)>().with_iterations(iterations()).for_each(
        |(origin, asked, is_near)| {
            let near = [b"https://", &**origin, b".b.example"].concat();
            let origin = if *is_near { &near } else { origin };
            let (Some(origin), Some(asked)) = (header_value(origin), header_value(asked)) else {
                return;
            };
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, origin.clone());
            headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
            headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, asked);
            let response = preflight(&LISTED, &headers, HeaderValue::from_static("PUT"));
            if let Some(allowed) = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
                assert_eq!(*allowed, origin);
                // What is let in is an origin, and one of the list whoever reads it.
                let read: Origin = origin.to_str().unwrap().parse().unwrap();
                assert_eq!(read.to_string().as_bytes(), origin.as_bytes());
                assert!(read.host() == "a.example" || read.host().ends_with(".b.example"));
            }
        },
    );
}

#[test]
fn security_53_a_page_is_of_this_app_only_where_origin_and_host_are_the_same() {
    check!().with_type::<(Vec<u8>, Vec<u8>)>().with_iterations(iterations()).for_each(
        |(origin, host)| {
            let same = [b"https://", &**host].concat();
            for origin in [origin, &same] {
                let (Some(value), Some(host)) = (header_value(origin), header_value(host)) else {
                    return;
                };
                let Some(mut request) = get("/") else { return };
                request.headers_mut().insert(header::ORIGIN, value);
                request.headers_mut().insert(header::HOST, host.clone());
                let caller = Caller::of(request.uri(), request.headers(), request.extensions());
                if caller == Caller::OwnOrigin {
                    // Both are text, or neither could be read.
                    let (origin, host) = (String::from_utf8_lossy(origin), host.to_str().unwrap());
                    let (scheme, _) = origin.split_once("://").unwrap();
                    let asked = format!("{scheme}://{host}").parse::<Origin>();
                    assert!(asked.is_ok() && asked == origin.parse(), "{origin} to {host}");
                }
            }
        },
    );
}
