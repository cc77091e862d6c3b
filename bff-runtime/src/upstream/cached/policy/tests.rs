use bytes::Bytes;

use super::*;

fn message(status: u16, lines: &[(&'static str, &str)]) -> Message {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(*name, value.parse().unwrap());
    }
    let status = StatusCode::from_u16(status).unwrap();
    Message { status, headers, body: Bytes::from_static(b"body") }
}

fn request(method: &str, lines: &[(&'static str, &str)]) -> Request<()> {
    let mut request = Request::builder().method(method).uri("http://a/b").body(()).unwrap();
    *request.headers_mut() = message(200, lines).headers;
    request
}

#[test]
fn rh_272_requests_for_the_whole_are_taken_and_others_as_the_app_declares() {
    let declared = Policy::Declared(Life::HOURS);
    for (method, lines, expected) in [
        ("GET", &[][..], [true, true]),
        ("HEAD", &[], [true, true]),
        ("POST", &[], [false, true]),
        ("DELETE", &[], [false, true]),
        ("GET", &[("range", "bytes=0-1")], [false, false]),
        ("GET", &[("if-none-match", "\"a\"")], [false, false]),
        ("GET", &[("authorization", "Bearer a")], [true, true]),
    ] {
        let request = request(method, lines);
        let found = [Policy::Shared.takes(&request), declared.takes(&request)];
        assert_eq!(found, expected, "{method} {lines:?}");
    }
}

#[test]
fn rh_273_rh_274_what_the_app_declares_holds_for_a_200_whatever_the_upstream_says() {
    let declared = Policy::Declared(Life::HOURS);
    let kept = Keep::Yes(Life::HOURS);
    for (status, lines, expected) in [
        (200, &[][..], kept),
        (200, &[("cache-control", "no-store")], kept),
        (404, &[("cache-control", "max-age=60")], Keep::No),
        (500, &[], Keep::No),
        (206, &[], Keep::No),
        // Better than the model: nobody's cookie is anybody else's.
        (200, &[("set-cookie", "a=b")], Keep::Alone),
    ] {
        let found = declared.keep(&request("POST", &[]), &message(status, lines));
        assert_eq!(found, expected, "{status} {lines:?}");
    }
}

/// Seconds of freshness and of service; `None` when it is for one alone.
fn lasts(
    policy: Policy,
    asked: &[(&'static str, &str)],
    status: u16,
    lines: &[(&'static str, &str)],
) -> Option<[u64; 2]> {
    match policy.keep(&request("GET", asked), &message(status, lines)) {
        Keep::Yes(life) => Some(life.limits().map(|limit| limit.unwrap().as_secs())),
        _ => None,
    }
}

#[test]
fn security_45_rfc9111_3_what_a_shared_cache_must_not_store_is_for_one_alone() {
    let bearer = &[("authorization", "Bearer a")][..];
    for (asked, status, lines, shared, private) in [
        (&[][..], 200, &[("cache-control", "max-age=60")][..], Some([60, 60]), Some([60, 60])),
        (&[], 200, &[("cache-control", "s-maxage=9, max-age=60")], Some([9, 9]), Some([60, 60])),
        (
            &[],
            200,
            &[("cache-control", "max-age=60"), ("age", "50")],
            Some([10, 10]),
            Some([10, 10]),
        ),
        (&[], 404, &[("cache-control", "max-age=60")], Some([60, 60]), Some([60, 60])),
        (&[], 200, &[("cache-control", "private, max-age=60")], None, Some([60, 60])),
        (&[], 200, &[("cache-control", "no-store, max-age=60")], None, None),
        (&[], 500, &[("cache-control", "max-age=60")], None, None),
        (&[], 206, &[("cache-control", "max-age=60")], None, None),
        (&[], 200, &[("cache-control", "max-age=60"), ("vary", "*")], None, None),
        (
            &[],
            200,
            &[("cache-control", "max-age=60"), ("vary", "accept")],
            Some([60, 60]),
            Some([60, 60]),
        ),
        (&[], 200, &[("cache-control", "public, max-age=60"), ("set-cookie", "a=b")], None, None),
        (&[], 200, &[("cache-control", "max-age=60"), ("vary", "accept, *")], None, None),
        (
            &[],
            200,
            &[("last-modified", "Sat, 01 Jan 2000 00:00:00 GMT")],
            Some([0, 0]),
            Some([0, 0]),
        ),
        // Nothing is said, and nothing could be asked.
        (&[], 200, &[], None, None),
        // It is asked for each time.
        (&[], 200, &[("etag", "\"a\"")], Some([0, 0]), Some([0, 0])),
        (&[], 200, &[("cache-control", "no-cache"), ("etag", "\"a\"")], Some([0, 0]), Some([0, 0])),
        (
            &[],
            200,
            &[("cache-control", "max-age=60"), ("etag", "\"a\"")],
            Some([60, 60]),
            Some([60, 60]),
        ),
        (
            &[],
            200,
            &[("cache-control", "max-age=60, stale-while-revalidate=40")],
            Some([60, 100]),
            Some([60, 100]),
        ),
        (
            &[],
            200,
            &[("cache-control", "max-age=60, Must-Revalidate, stale-while-revalidate=40")],
            Some([60, 60]),
            Some([60, 60]),
        ),
        (bearer, 200, &[("cache-control", "max-age=60")], None, Some([60, 60])),
        (bearer, 200, &[("cache-control", "public, max-age=60")], Some([60, 60]), Some([60, 60])),
        (&[("cache-control", "no-store")], 200, &[("cache-control", "max-age=60")], None, None),
    ] {
        let found =
            [Policy::Shared, Policy::Private].map(|policy| lasts(policy, asked, status, lines));
        assert_eq!(found, [shared, private], "{asked:?} {status} {lines:?}");
    }
}

#[test]
fn rfc9111_4_3_a_304_confirms_what_it_is_about_and_updates_its_head() {
    let kept = message(
        200,
        &[("etag", "\"a\""), ("content-type", "text/plain"), ("age", "9"), ("x", "1")],
    );
    let asked = validators(&kept);
    assert_eq!(asked, [(header::IF_NONE_MATCH, HeaderValue::from_static("\"a\""))]);
    for (lines, expected) in [
        (&[][..], Some("1")),
        (&[("etag", "\"a\""), ("x", "2"), ("content-type", "text/html")], Some("2")),
        (&[("etag", "W/\"a\""), ("x", "2")], Some("2")),
        (&[("etag", "\"b\""), ("x", "2")], None),
    ] {
        let found = confirmed(&kept, &message(304, lines).headers);
        let told = found.as_ref().map(|found| &found.headers["x"]);
        assert_eq!(told.map(|value| value.to_str().unwrap()), expected, "{lines:?}");
        if let Some(found) = found {
            assert_eq!((found.status, &*found.body), (StatusCode::OK, &b"body"[..]));
            assert_eq!(found.headers["content-type"], "text/plain");
            assert!(!found.headers.contains_key("age"));
        }
    }
}
