//! CORS: what a browser is told, whatever the answer is.

use bff::{explain::Stage, http::Method};

use crate::{
    apps::limits::{self, Limits},
    support::{Answer, Call, Server, call, in_process},
};

const APP: &str = "https://app.example.com";
const EVIL: &str = "https://evil.example";

async fn server() -> Server {
    Server::start(limits::app::router(Limits::default())).await
}

fn from(line: &str, origin: &str) -> Call {
    call(line).header("origin", origin)
}

fn preflight(path: &str, origin: &str, method: &str) -> Call {
    from(&format!("OPTIONS {path}"), origin).header("access-control-request-method", method)
}

/// The headers of CORS, with `vary`, in order.
fn told(answer: &Answer) -> Vec<String> {
    const NAMES: [&str; 6] = [
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
    ];
    let named = |name: &&str| answer.header(name).map(|value| format!("{name}: {value}"));
    NAMES.iter().filter_map(named).collect()
}

/// True when a cache is told that the answer depends on the origin.
fn varies(answer: &Answer) -> bool {
    answer.lines("vary").iter().any(|line| line.contains("origin"))
}

#[tokio::test]
async fn security_52_rh_401_u7_every_answer_has_the_same_headers_errors_too() {
    let server = server().await;
    // What there is of it is used up by this.
    assert_eq!(server.send(call("PUT /shared/1")).await.status, 200);
    let large = |line: &str, origin: &str| {
        from(line, origin).body(if line.starts_with("POST") { "12345" } else { "" })
    };
    for (line, status) in [
        ("GET /shared/1", 200),
        ("HEAD /shared/1", 200),
        ("GET /shared/x", 400),
        ("GET /shared/%ff", 400),
        ("GET /shared/0", 404),
        ("GET /shared/nothing/here", 404),
        ("PURGE /shared/1", 405),
        ("POST /shared/1", 413),
        ("PUT /shared/1", 429),
        ("FAIL /shared/1", 500),
        ("PATCH /shared/1", 504),
    ] {
        let answer = server.send(large(line, APP)).await;
        assert_eq!(answer.status, status, "{line}");
        assert_eq!(
            told(&answer),
            [
                "access-control-allow-origin: https://app.example.com",
                "access-control-allow-credentials: true",
                "access-control-expose-headers: etag",
            ],
            "{line}"
        );
        assert!(varies(&answer), "{line}");
        for origin in [EVIL, "null"] {
            let answer = server.send(large(line, origin)).await;
            assert_eq!((answer.status, told(&answer)), (status, Vec::new()), "{line} {origin}");
            assert!(varies(&answer), "{line} {origin}");
        }
    }
    let known = from("GET /shared/1", APP).header("if-none-match", "\"one\"");
    let answer = server.send(known).await;
    assert_eq!((answer.status, told(&answer).len(), varies(&answer)), (304, 3, true));
    // A path of nobody's is not the rule's.
    let answer = server.send(from("GET /nothing", APP)).await;
    assert_eq!((answer.status, told(&answer)), (404, Vec::new()));
}

#[tokio::test]
async fn security_52_rh_402_c_06_a_preflight_is_answered_from_the_methods_of_the_route() {
    let server = server().await;
    let asks = preflight("/shared/1", "https://a.example.org", "PUT")
        .header("access-control-request-headers", "content-type,x-a");
    let answer = server.send(asks).await;
    assert_eq!((answer.status, answer.header("allow").is_some()), (204, true));
    assert_eq!(
        told(&answer),
        [
            "access-control-allow-origin: https://a.example.org",
            "access-control-allow-credentials: true",
            // Not DELETE, whose attribute has taken the policy away.
            "access-control-allow-methods: FAIL, GET, HEAD, OPTIONS, PATCH, POST, PUT",
            "access-control-allow-headers: content-type,x-a",
            "access-control-max-age: 3600",
        ]
    );
    assert!(varies(&answer));
    for (path, origin, method) in [
        ("/shared/1", EVIL, "PUT"),
        ("/shared/1", "null", "PUT"),
        ("/shared/1", "https://example.org", "PUT"),
        ("/shared/1", APP, "DELETE"),
        ("/open", APP, "POST"),
        ("/small/x", APP, "POST"),
    ] {
        let answer = server.send(preflight(path, origin, method)).await;
        assert_eq!((answer.status, told(&answer)), (204, Vec::new()), "{path} {origin} {method}");
    }
    // No preflight, but the automatic OPTIONS.
    let answer = server.send(from("OPTIONS /shared/1", APP)).await;
    assert_eq!((answer.status, told(&answer).len()), (204, 3));
}

#[tokio::test]
async fn a_policy_is_that_of_the_method_which_is_asked_for() {
    let server = server().await;
    let answer = server.send(preflight("/open", EVIL, "GET")).await;
    assert_eq!(
        told(&answer),
        [
            "access-control-allow-origin: *",
            "access-control-allow-methods: GET, HEAD, OPTIONS",
            "access-control-max-age: 600",
        ]
    );
    let answer = server.send(preflight("/open", APP, "PUT")).await;
    assert_eq!(
        told(&answer),
        [
            "access-control-allow-origin: https://app.example.com",
            "access-control-allow-credentials: true",
            "access-control-allow-methods: OPTIONS, PUT",
            "access-control-allow-headers: x-a",
            "access-control-max-age: 600",
        ]
    );
    for (line, expected) in [
        ("GET /open", &["access-control-allow-origin: *"][..]),
        ("POST /open", &[]),
        // What a handler says itself stays, and means no more than it says.
        ("PUT /open", &["access-control-allow-origin: https://other.example"]),
        // A page that may read GET may read that there is no DELETE.
        ("DELETE /open", &["access-control-allow-origin: *"]),
    ] {
        assert_eq!(told(&server.send(from(line, APP)).await), expected, "{line}");
    }
    let answer = server.send(preflight("/own_options", APP, "GET")).await;
    assert_eq!((answer.header("x-own"), told(&answer)), (Some("options"), Vec::new()));
}

#[tokio::test]
async fn a_policy_holds_in_process_below_a_nest_and_is_explained() {
    let router = limits::app::router(Limits::default());
    let nested = bff::axum::Router::new().nest("/v1", router.clone());
    let answer = in_process(&nested, preflight("/v1/shared/1", APP, "GET")).await;
    assert_eq!(told(&answer).len(), 4);
    let explained = bff::explain(&router, Method::GET, "/shared/1").await.expect("a URL");
    let step = explained.at(Stage::Cors).next().expect("a policy");
    assert_eq!(step.text(), "https://app.example.com, https://*.example.org, with cookies");
    assert_eq!(step.place(), Some("apps/limits/bff.toml:57:1"));
    let explained = bff::explain(&router, Method::PUT, "/acting").await.expect("a URL");
    let step = explained.at(Stage::Csrf).next().expect("a policy");
    assert_eq!(step.text(), "not checked");
    assert_eq!(step.place(), Some("apps/limits/app/acting/route.rs"));
}
