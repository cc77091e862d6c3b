//! Upstreams: requests that go through a handler to another server and back.

use bff::{
    axum::{
        Extension, Json, Router,
        extract::Request,
        http::{StatusCode, header},
        response::IntoResponse,
        routing,
    },
    upstream::Upstream,
};
use serde_json::json;

use crate::{
    apps::rows,
    support::{Answer, Call, Server, call, within},
};

/// The app, and the server behind it.
struct Both {
    app: Server,
    _origin: Server,
}

impl Both {
    async fn start() -> Self {
        let origin = Router::new()
            .route("/v1/user", routing::get(|| async { Json(json!({"name": "ada"})) }))
            .route("/v1/echo/{*path}", routing::any(echo));
        let origin = Server::start(origin).await;
        let upstream = Upstream::at_start(format!("http://{}/v1", origin.addr)).expect("a URL");
        let app = rows::app::router().layer(Extension(upstream));
        Self { app: Server::start(app).await, _origin: origin }
    }

    async fn send(&self, call: impl Into<Call>) -> Answer {
        self.app.send(call).await
    }
}

/// Says what it was sent.
async fn echo(request: Request) -> impl IntoResponse {
    let (parts, body) = request.into_parts();
    let body = bff::axum::body::to_bytes(body, 1024).await.expect("a short body");
    let headers: Vec<_> = parts.headers.keys().map(|name| name.as_str()).collect();
    let text =
        format!("{} {} {} {headers:?}", parts.method, parts.uri, String::from_utf8_lossy(&body));
    let headers = [(header::SET_COOKIE, "a=1"), (header::LOCATION, "http://elsewhere/")];
    let more = bff::axum::response::AppendHeaders([(header::SET_COOKIE, "b=2")]);
    (StatusCode::CREATED, headers, more, text)
}

#[tokio::test]
async fn rh_396_rw_30_rw_31_rw_33_a_request_passes_through_a_handler_and_back() {
    let both = Both::start().await;
    let request = call("POST /upstream/pass/echo/a%20b?x=%20a&y=b+c").body("hello");
    let answer = both.send(request.header("x-a", "1").header("cookie", "c=d")).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let names = r#"["x-a", "cookie", "x-forwarded-for", "forwarded", "x-forwarded-host", "x-forwarded-proto", "via", "content-length", "host"]"#;
    let mut sent: Vec<&str> = answer.text().split([' ', '[', ']', '"', ',']).collect();
    let mut expected: Vec<&str> = names.split([' ', '[', ']', '"', ',']).collect();
    for words in [&mut sent, &mut expected] {
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
    }
    expected.extend(["POST", "/v1/echo/a%20b?x=%20a&y=b+c", "hello"]);
    expected.sort_unstable();
    assert_eq!(sent, expected);
    assert_eq!(answer.header("location"), Some("http://elsewhere/"));
}

#[tokio::test]
async fn rw_32_rh_155_cookies_of_the_handler_and_of_the_upstream_are_both_sent() {
    let answer = Both::start().await.send("DELETE /upstream/pass/echo/x").await;
    assert_eq!(answer.lines("set-cookie"), ["a=1", "b=2", "ours=1; Path=/"]);
}

#[tokio::test]
async fn rh_053_head_is_passed_on_and_has_the_length_of_get() {
    let both = Both::start().await;
    let get = both.send("GET /upstream/pass/user").await;
    let head = both.send("HEAD /upstream/pass/user").await;
    assert_eq!((get.text(), get.header("content-length")), (r#"{"name":"ada"}"#, Some("14")));
    assert_eq!((head.status, head.header("content-length")), (200, Some("14")));
    assert_eq!(head.body, b"");
}

#[tokio::test]
async fn rh_395_an_answer_is_made_of_what_there_is() {
    let answer = Both::start().await.send("GET /upstream/page").await;
    assert_eq!(answer.json(), json!({"user": {"name": "ada"}, "news": null}));
}

#[tokio::test]
async fn px_77_rw_34_an_upstream_that_is_not_there_is_a_502_problem() {
    let gone = Server::start(Router::new()).await.addr;
    let upstream = within("the end of the server", async move {
        while tokio::net::TcpStream::connect(gone).await.is_ok() {
            tokio::task::yield_now().await;
        }
        Upstream::at_start(format!("http://{gone}")).expect("a URL")
    })
    .await;
    let app = Server::start(rows::app::router().layer(Extension(upstream))).await;
    for path in ["/upstream/pass/x", "/upstream/page"] {
        let answer = app.get(path).await;
        let problem = answer.problem(502);
        assert_eq!(problem.get("detail"), None);
        assert!(!format!("{answer:?}").contains(&gone.to_string()), "{answer:?}");
    }
}

#[tokio::test]
async fn cve_2024_34351_a_handler_cannot_connect_to_where_a_request_says() {
    let both = Both::start().await;
    let canary = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let to = canary.local_addr().expect("an address").to_string();
    both.send(call("GET /upstream/made").header("x-to", &to)).await.opaque();
    let accepted = tokio::time::timeout(std::time::Duration::ZERO, canary.accept()).await;
    assert!(accepted.is_err(), "somebody has connected");
}
