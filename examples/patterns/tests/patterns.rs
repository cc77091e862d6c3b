//! Every program, run and talked to as its first lines say.

use bff_tests::{Answer, Process};

/// A request to a running program: method and path, header lines, body.
type Sent = (&'static str, &'static [&'static str], &'static str);

/// What its answer must have: the status, header lines, and a part of the body.
type Expected = (u16, &'static [&'static str], &'static str);

const JSON: &str = "Content-Type: application/json";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

fn send(process: &Process, (line, headers, body): Sent) -> Answer {
    let (method, path) = line.split_once(' ').unwrap_or(("GET", line));
    process.request(method, path, headers, body)
}

#[track_caller]
fn check(program: &str, rows: &[(Sent, Expected)]) {
    let process = Process::start(program);
    for &(sent, (status, headers, body)) in rows {
        let answer = send(&process, sent);
        assert_eq!(answer.status, status, "{sent:?} gives {answer:?}");
        for header in headers {
            assert!(
                answer.headers.iter().any(|line| line.starts_with(header)),
                "{header} is missing: {sent:?} gives {answer:?}"
            );
        }
        assert!(answer.body.contains(body), "{body} is missing: {sent:?} gives {answer:?}");
    }
}

/// One test a program, so that a failure names it.
macro_rules! programs {
    ($($(#[$doc:meta])* $name:ident $program:literal [$($row:expr),+ $(,)?])+) => {
        $($(#[$doc])* #[test] fn $name() {
            check(env!(concat!("CARGO_BIN_EXE_", $program)), &[$($row),+]);
        })+
    };
}

programs! {
    rh_391_text_and_json "endpoint" [
        (("GET /", &[], ""), (200, &["content-type: text/plain"], "hello")),
        (("GET /api/status", &[], ""), (200, &["content-type: application/json"], r#"{"ok":true"#)),
    ]
    rh_392_a_body_comes_back "echo" [
        (("POST /echo", &[JSON], r#"{"a":[1,2]}"#), (200, &[], r#"{"received":{"a":[1,2]}}"#)),
        (("POST /echo", &[JSON], "{bad"), (400, &["content-type: application/problem+json"], "")),
        (("POST /echo", &["Content-Type: text/plain"], "{}"), (415, &[], "")),
    ]
    rh_393_a_form_is_checked_and_redirects "form" [
        (("POST /contact", &[FORM], "email=a%40b.c&message=hi"), (303, &["location: /thanks"], "")),
        (("POST /contact", &[FORM], "email=a&message=hi"), (422, &[], "an address")),
        (("POST /contact", &[FORM], "email=a"), (422, &[], "message")),
        (("GET /thanks", &[], ""), (200, &[], "thank you")),
    ]
    rh_394_two_readers_have_one_body "twice" [
        (("POST /events", &[JSON], r#"{"kind":"paid"}"#), (200, &[], r#"{"bytes":15,"kind":"paid"}"#)),
    ]
    rh_395_what_is_late_is_null "aggregate" [
        (("GET /home", &[], ""), (200, &[], r#"{"user":"Ada","orders":null}"#)),
    ]
    rh_397_feeds_and_files_are_routes "feeds" [
        (("GET /rss.xml", &[], ""), (200, &["content-type: application/rss+xml"], "Fish &amp; &lt;chips&gt;")),
        (("GET /llms.txt", &[], ""), (200, &["content-type: text/plain"], "# Posts")),
        (("GET /.well-known/security.txt", &[], ""), (200, &[], "Contact:")),
    ]
    rh_398_a_client_gets_what_it_accepts "negotiation" [
        (
            ("GET /docs/start", &["Accept: text/markdown"], ""),
            (200, &["content-type: text/markdown", "vary: accept"], "# start"),
        ),
        (
            ("GET /docs/%3Cb%3E", &[], ""),
            (200, &["content-type: text/html", "vary: accept"], "<h1>&lt;b&gt;</h1>"),
        ),
    ]
    rh_399_a_hook_is_signed "webhook" [
        (
            (
                "POST /hooks/cms",
                &["X-Signature: e8bb7fb03d2a4c7bbb2b1e9d0a16ee34b5a5e3a85f5d8bf1bd4c2f9b8c3ad111"],
                r#"{"tag":"posts"}"#,
            ),
            (401, &[], ""),
        ),
        (("POST /hooks/cms", &["X-Signature: zz"], r#"{"tag":"posts"}"#), (401, &[], "")),
        (("POST /hooks/cms", &[SIGNATURE], r#"{"tag":"posts"}"#), (200, &[], "posts will be fresh")),
    ]
    rh_400_the_way_back_stays_here "callback" [
        (
            ("GET /auth/callback?code=ok&next=/inbox", &[], ""),
            (307, &["location: http://127.0.0.1", "set-cookie: __Host-session="], ""),
        ),
        (("GET /auth/callback?code=ok&next=https://evil.example", &[], ""), (400, &[], "")),
        (("GET /auth/callback?code=ok&next=//evil.example", &[], ""), (400, &[], "")),
        (("GET /auth/callback?code=no&next=/", &[], ""), (401, &[], "")),
    ]
    rh_401_rh_402_cors_for_one_handler "cors" [
        (
            ("OPTIONS /api/public", &["Origin: https://app.example.com"], ""),
            (204, &["access-control-allow-origin: https://app.example.com", "vary: origin"], ""),
        ),
        (
            ("GET /api/public", &["Origin: http://localhost:5173"], ""),
            (200, &["access-control-allow-origin: http://localhost:5173"], "for everybody"),
        ),
    ]
    rh_403_the_fourth_search_has_to_wait "limit" [
        (("GET /search", &[], ""), (200, &[], "found")),
        (("GET /search", &[], ""), (200, &[], "found")),
        (("GET /search", &[], ""), (200, &[], "found")),
        (("GET /search", &[], ""), (429, &["retry-after: "], "too many searches")),
    ]
    rh_404_rh_405_a_note_is_its_owners "auth" [
        (("GET /notes/1", &[], ""), (401, &[], "")),
        (("GET /notes/1", &["Cookie: session=ada"], ""), (200, &[], r#"{"text":"engines"}"#)),
        (("GET /notes/2", &["Cookie: session=ada"], ""), (404, &[], "no such note of yours")),
    ]
    rh_408_one_function_for_two_handlers "in_process" [
        (("GET /visitors", &[], ""), (200, &[], "7")),
        (("GET /report", &[], ""), (200, &[], "7 visitors today")),
    ]
    rh_409_rh_410_a_library_answers "library" [
        (("GET /health/live", &[], ""), (204, &["cache-control: no-store"], "")),
        (("GET /health/x", &[], ""), (404, &["cache-control: no-store"], "")),
        (("POST /health/live", &[], ""), (405, &["allow: GET, HEAD, OPTIONS"], "")),
    ]
    rh_411_words_as_they_come "tokens" [
        (("GET /chat", &[], ""), (200, &["content-type: text/plain"], "upon ")),
    ]
    rh_412_a_file_in_ranges "download" [
        (
            ("GET /files/hello.txt", &["Range: bytes=0-4"], ""),
            (206, &["content-range: bytes 0-4/12", "content-disposition: attachment"], "hello"),
        ),
        (("GET /files/%2e%2e%2fCargo.toml", &[], ""), (404, &[], "")),
    ]
    rh_418_headers_for_every_answer "csp" [
        (("GET /", &[], ""), (200, &["content-security-policy: default-src 'none'"], "<p>")),
        (("GET /nowhere", &[], ""), (404, &["content-security-policy: default-src 'none'"], "")),
    ]
    rh_227_events_go_on_where_they_were "events" [
        (("GET /ticks", &["Last-Event-ID: 1"], ""), (200, &["content-type: text/event-stream"], "data: tick 2")),
    ]
    rh_235_a_socket_is_for_sockets "socket" [
        (("GET /echo", &[], ""), (426, &["upgrade: websocket"], "")),
    ]
    rh_109_files_arrive "upload" [
        (
            ("POST /photos", &["Content-Type: multipart/form-data; boundary=X"], UPLOAD),
            (200, &[], r#"{"name":"sun.jpg","size":3,"title":"Sunrise"}"#),
        ),
        (("POST /photos", &[FORM], "title=x"), (404, &[], "no photo was sent")),
    ]
    rh_375_a_secret_turns_drafts_on "draft" [
        (("GET /posts/hello", &[], ""), (200, &[], "as published")),
        (("GET /api/draft?secret=no&slug=hello", &[], ""), (401, &[], "")),
        (
            ("GET /api/draft?secret=secret&slug=hello", &[], ""),
            (307, &["location: /posts/hello", "set-cookie: "], ""),
        ),
    ]
    rh_470_one_function_for_every_method "pages" [
        (("GET /api/posts/7", &[], ""), (200, &["etag: "], r#"{"id":7,"method":"GET"}"#)),
        (("PUT /api/posts/7", &[], ""), (200, &[], r#"{"id":7,"method":"PUT"}"#)),
    ]
}

/// `printf %s '{"tag":"posts"}' | openssl dgst -sha256 -hmac secret -r`
const SIGNATURE: &str =
    "X-Signature: 539ca9b6e20d0f2346fdf17c64f401a4c2aa1e638c9fe6e69855db60a08601b1";

const UPLOAD: &str = "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nSunrise\r\n\
                      --X\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"/tmp/sun.jpg\"\r\n\r\nsun\r\n\
                      --X--\r\n";

/// Of its own, because the second request needs what the first one was given.
#[test]
fn rh_406_a_session_is_sealed_into_its_cookie() {
    let process = Process::start(env!("CARGO_BIN_EXE_session"));
    let signed_in = send(&process, ("POST /session", &[FORM], "name=Ada"));
    assert_eq!(signed_in.status, 204, "{signed_in:?}");
    let line = signed_in.headers.iter().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = line.and_then(|line| line.split(';').next()).unwrap_or_default();
    assert!(cookie.starts_with("__Host-session=") && !cookie.contains("Ada"), "{cookie}");
    let header = format!("Cookie: {cookie}");
    assert_eq!(process.request("GET", "/session", &[&header], "").body, "Ada");
    let forged = send(&process, ("GET /session", &["Cookie: __Host-session=Ada"], ""));
    assert_eq!(forged.status, 401, "{forged:?}");
}
