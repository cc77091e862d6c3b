//! Thirty secrets in one request, in every place that a client has for them: none comes back in an error, and none
//! reaches the log (security rows 60 and 61, classes 29 and 30).

use std::time::Instant;

use bff::{
    axum::Router,
    session::{MemoryStore, Sessions},
    webhook::{StandardWebhooks, Webhooks},
};
use tracing::Level;

use crate::{
    apps::{around, catalog, guarded, limits, observed, pages, rows},
    support::{Call, Connection, Events, Log, Server, call, in_process, raw},
};

/// In headers.
const HEADERS: [(&str, &str); 20] = [
    ("authorization", "Bearer plant-01"),
    ("proxy-authorization", "Basic plant-02"),
    ("cookie", "session=plant-03; __Host-token=plant-04"),
    ("x-api-key", "plant-05"),
    ("x-auth-token", "plant-06"),
    ("x-csrf-token", "plant-07"),
    ("x-amz-security-token", "plant-08"),
    ("stripe-signature", "t=1700000000,v1=plant-09"),
    ("x-hub-signature-256", "sha256=plant-10"),
    ("x-slack-signature", "v0=plant-11"),
    ("x-shopify-hmac-sha256", "plant-12"),
    ("webhook-signature", "v1,plant-13"),
    ("webhook-id", "plant-14"),
    ("referer", "https://example.com/cb?code=plant-15"),
    ("user-agent", "plant-16"),
    ("origin", "https://plant-17.example"),
    ("forwarded", "for=plant-18;host=plant-18.example"),
    ("x-forwarded-for", "plant-19"),
    ("if-none-match", "\"plant-20\""),
    ("idempotency-key", "plant-21"),
];

/// In the query, where names give them away, or their own form.
const QUERY: &str = "token=plant-22&access_token=plant-22&code=plant-22&api_key=plant-23&client_secret=plant-24\
    &password=plant-25&signature=plant-26&next=%2Fcb%3Ftoken%3Dplant-27\
    &jwt=eyJhbGciOiJIUzI1NiJ9.plant-28&x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.plant-28\
    &k=whsec_plant-29plant-29";

/// In a body: what a field holds, how it is called, what is no JSON at all.
const BODIES: [(&str, &str); 5] = [
    ("application/json", r#"{"password":"plant-30","plant-30":"plant-30"}"#),
    ("application/json", r#""plant-30 in a text""#),
    ("application/json", "plant-30 is no JSON"),
    ("application/x-www-form-urlencoded", "password=plant-30&plant-30=1&amount=plant-30"),
    ("multipart/form-data; boundary=plant-30", "--plant-30\r\n\r\nplant-30\r\n"),
];

fn planted(line: &str, (content_type, body): (&str, &str)) -> Call {
    let separator = if line.contains('?') { '&' } else { '?' };
    // Of the app's own page, or it would get no further than that.
    let request = call(&format!("{line}{separator}{QUERY}"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", content_type);
    HEADERS.iter().fold(request.body(body), |call, (name, value)| call.header(name, value))
}

/// Apps with the requests that make each kind of error in them, and its status.
fn errors() -> Vec<(Router, &'static [(&'static str, u16)])> {
    vec![
        (
            observed::app::router(),
            &[
                ("GET /none/such", 404),
                ("GET /posts/x", 404),
                ("GET /posts/%zz", 400),
                ("DELETE /posts/7", 405),
                ("GET /failing", 500),
                ("POST /failing", 500),
                ("PUT /failing", 500),
                ("GET /panicking", 500),
                ("GET /broken", 500),
                ("GET /chosen", 500),
                ("GET /proxied?proxy=fails", 500),
                ("GET /proxied?proxy=panics", 500),
                ("GET /reset/s3cret-that-fails", 500),
                ("POST /hooks/works", 500),
                ("POST /hooks/unset", 500),
            ],
        ),
        (
            limits::app::router(limits::Limits::default()),
            &[("POST /small/x", 413), ("GET /never", 504), ("GET /ext/x", 502)],
        ),
        (rows::app::router(), &[("GET /body/none", 404), ("POST /methods/get-only", 405)]),
        (
            catalog::app::router(catalog::Catalog::default()),
            &[("GET /items/%ff", 400), ("POST /axum/missing", 405)],
        ),
        (pages::app::router(), &[("TRACE /api/echo", 405)]),
    ]
}

#[tokio::test]
async fn security_60_attack_29_no_error_gives_back_what_a_client_has_planted() {
    for (router, cases) in errors() {
        for (line, status) in cases {
            for body in BODIES {
                let answer = in_process(&router, planted(line, body)).await;
                assert_eq!(answer.status, *status, "{line}: {answer:?}");
                let all = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
                assert!(!all.contains("plant-"), "{line}: {all}");
                // Nor where it went wrong, nor why.
                for detail in
                    [".rs", "/src/", "panicked", "fmt::Error", "127.0.0.1", "bff_", "::", "0.1.0"]
                {
                    assert!(!all.contains(detail), "{line}: {detail} in {all}");
                }
            }
        }
    }
}

#[tokio::test]
async fn security_60_attack_29_a_page_of_another_site_is_told_nothing_either() {
    let mut request = planted("POST /failing", BODIES[0]);
    request.headers.retain(|(name, _)| name != "sec-fetch-site");
    let answer = in_process(&observed::app::router(), request).await;
    let all = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
    assert!(answer.status == 403 && !all.contains("plant-"), "{all}");
}

#[tokio::test]
async fn security_60_attack_29_no_extractor_gives_back_what_it_could_not_read() {
    let rows = rows::app::router();
    let observed = observed::app::router();
    let mut n_errors = 0;
    for (router, line) in [
        (&observed, "POST /chosen"),
        (&observed, "POST /hooks/large"),
        (&rows, "POST /body/json"),
        (&rows, "POST /body/form"),
        (&rows, "POST /body/form-data"),
        (&rows, "POST /body/multipart"),
        (&rows, "POST /body/webhook"),
        (&rows, "GET /request/query"),
        (&rows, "GET /request/query/handler"),
    ] {
        for body in BODIES {
            let answer = in_process(router, planted(line, body)).await;
            if answer.status < 400 {
                // What a handler chose to say is its own business.
                continue;
            }
            n_errors += 1;
            let all = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
            // A pointer says which field it was, by the name that the client has given it.
            assert!(
                !all.contains("plant-") || all.contains("\"pointer\":\"/plant-30\""),
                "{line}: {all}"
            );
        }
    }
    assert!(n_errors >= 20, "{n_errors}");
}

#[tokio::test]
async fn security_61_attack_30_no_log_has_what_a_client_has_planted_and_a_request_is_a_line() {
    let log = Log::of(Level::TRACE);
    let router = observed::app::router();
    let server = Server::start_with(router, |serve| {
        serve.access_log(true).access_log_headers(&["user-agent", "referer", "accept"])
    })
    .await;
    let lines = errors().swap_remove(0).1;
    for (number, (line, status)) in lines.iter().enumerate() {
        let mut request = planted(line, BODIES[number % BODIES.len()]);
        // On the list, so it may say what it is, in one line.
        request.headers.retain(|(name, _)| name != "user-agent");
        let request = request
            .header(
                "user-agent",
                "agent/1 \"x\" [31m\u{1b}[0m".replace('\u{1b}', "\u{85}").as_str(),
            )
            .header("x-request-id", &format!("planted-{number}"));
        assert_eq!(server.send(request).await.status, *status, "{line}");
        let access = log.line(&format!("request_id=planted-{number}\n")).await;
        assert!(access.contains("bff::access: ") || access.contains(" bff::access:"), "{access}");
    }
    let text = log.text();
    assert!(
        !text.contains("plant-"),
        "{}",
        text.lines().find(|line| line.contains("plant-")).unwrap_or("")
    );
    let is_access = |line: &&str| line.contains(" bff::access: client");
    assert_eq!(text.lines().filter(is_access).count(), lines.len(), "{text}");
    assert!(text.contains("referer: [redacted]"), "{text}");
    assert!(text.contains(r#"user-agent: agent/1 \"x\" [31m%C2%85[0m"#), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{85}']), "{text}");
}

/// Headers in place of those that are planted.
type Own<'a> = &'a [(&'a str, &'a str)];

const SOCKET: &str = "GET /ws/small HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Origin: https://plant-17.example\r\nCookie: session=plant-03\r\n\r\n";

#[tokio::test]
async fn security_5_31_security_61_what_is_refused_is_told_by_name_and_without_what_was_sent() {
    let log = Log::of(Level::TRACE);
    let observed = observed::app::router();
    let hooks =
        Webhooks::new().secret::<StandardWebhooks>("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let hooked = observed.clone().layer(hooks.expect("a secret"));
    let limits = limits::app::router(limits::Limits::default());
    let guarded = guarded::app::router(Events::default());
    let sessions = Sessions::stored(MemoryStore::default());
    let around = around::app::router(around::Around::default()).layer(sessions);
    let session = "session=plant-03; __Host-session=plant-03";
    let cases: [(&Router, &str, Own<'_>, u16, &str, &str); 5] = [
        (
            &observed,
            "POST /failing",
            &[("sec-fetch-site", "cross-site")],
            403,
            "WARN",
            "csrf_refused",
        ),
        (&hooked, "POST /hooks/works", &[], 400, "WARN", "webhook_refused"),
        (&guarded, "GET /staff/ann", &[("x-token", "plant-06")], 403, "INFO", "forbidden"),
        (&around, "GET /session", &[("cookie", session)], 200, "INFO", "session_refused"),
        (&limits, "GET /rated", &[], 429, "INFO", "rate_limited"),
    ];
    for (router, line, own, status, level, event) in cases {
        let mut answer = None;
        for _ in 0..4 {
            let mut request = planted(line, BODIES[1]);
            request.headers.retain(|(name, _)| own.iter().all(|(own, _)| name != own));
            let request = own.iter().fold(request, |call, (name, value)| call.header(name, value));
            answer = Some(in_process(router, request).await);
        }
        let answer = answer.expect("four of them");
        assert_eq!(answer.status, status, "{line}: {answer:?}");
        let lines = log.lines(&format!("event=\"{event}\""));
        assert!(!lines.is_empty(), "{event} in {}", log.text());
        for line in lines {
            assert!(line.contains(level) && line.contains("bff::security: "), "{line}");
        }
    }
    let server = Server::start(observed).await;
    raw(server.addr, "GET / HTTP/1.1\r\nauthorization plant-01\r\n\r\n").await;
    let server = Server::start(around).await;
    let mut socket = Connection::open(server.addr).await;
    socket.send(SOCKET).await;
    assert_eq!(socket.answer("GET").await.status, 403);
    log.line("event=\"websocket_refused\"").await;
    let malformed = log.line("event=\"malformed_request\"").await;
    assert!(malformed.contains("client=127.0.0.1 "), "{malformed}");
    // Which page it was is what the app has to know, and an origin is no secret.
    let text = log.text().replace("https://plant-17.example", "");
    let planted = text.lines().find(|line| line.contains("plant-"));
    assert_eq!(planted, None);
}

#[tokio::test]
async fn security_5_31_a_flood_of_refusals_is_no_flood_of_lines() {
    let log = Log::of(Level::INFO);
    let observed = observed::app::router();
    let begun = Instant::now();
    for _ in 0..500 {
        let request = call("POST /failing").header("cookie", "a=1").header("origin", "null");
        assert_eq!(in_process(&observed, request).await.status, 403);
    }
    let minutes = usize::try_from(begun.elapsed().as_secs() / 60).expect("a number") + 2;
    let lines = log.lines("event=\"csrf_refused\"").len();
    assert!((20..=20 * minutes).contains(&lines), "{lines}");
}
