//! What a decision becomes, without a socket.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{body::Body, extract::Request, response::Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;

use super::{
    Next, Proxied, Proxy, SharedProxy, carry_out::carry_out, decide, next, next::Continue,
    permanent_redirect, redirect, respond, rewrite,
};
use crate::{response::Redirect, routing::ResponseFuture};

/// Answers with a header of its own, and keeps what it was asked.
#[derive(Default)]
struct Handler(Mutex<Option<Request>>);

impl Continue for Handler {
    fn go_on(&self, request: Request) -> ResponseFuture {
        let mut response = Response::new(Body::from("handled"));
        response.headers_mut().insert("x-both", HeaderValue::from_static("handler"));
        response.headers_mut().insert("vary", HeaderValue::from_static("x-handler"));
        let future = ResponseFuture::ready(response, &request);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        future
    }
}

/// What the client gets, and what the handler got.
struct Outcome {
    response: Response,
    handled: Option<Request>,
}

fn request(lines: &[(&'static str, &'static str)]) -> Request {
    let mut request = Request::new(Body::from("body"));
    *request.uri_mut() = "/sent?q=1".parse().expect("a path");
    for &(name, value) in lines {
        request.headers_mut().append(name, HeaderValue::from_static(value));
    }
    request
}

async fn outcome(proxied: Proxied, lines: &[(&'static str, &'static str)]) -> Outcome {
    let handler = Arc::new(Handler::default());
    let continuation: Arc<dyn Continue> = Arc::<Handler>::clone(&handler);
    let response = carry_out(proxied, request(lines), Next::new(continuation)).await;
    let handled = handler.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    Outcome { response, handled }
}

fn lines(headers: &HeaderMap, name: &str) -> Vec<String> {
    let values = headers.get_all(name).iter();
    values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

async fn text(response: Response) -> String {
    let body = response.into_body().collect().await.expect("a body in memory");
    String::from_utf8_lossy(&body.to_bytes()).into_owned()
}

#[tokio::test]
async fn px_50_px_52_the_edits_of_a_request_are_made_in_their_order() {
    let map = |pairs: &[(&'static str, &'static str)]| {
        let pairs = pairs
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect::<HeaderMap>()
    };
    let sent =
        [("x-a", "1"), ("x-a", "2"), ("x-b", "3"), ("connection", "close"), ("te", "trailers")];
    for (what, proxied, expected) in [
        ("nothing", next(), "connection te x-a x-a x-b"),
        ("set", next().request_header("x-a", "9"), "connection te x-a x-b"),
        ("remove", next().remove_request_header("x-a"), "connection te x-b"),
        (
            "set, remove",
            next().request_header("x-c", "9").remove_request_header("x-c"),
            "connection te x-a x-a x-b",
        ),
        (
            "remove, set",
            next().remove_request_header("x-a").request_header("x-a", "9"),
            "connection te x-a x-b",
        ),
        ("replace", next().request_headers(map(&[("x-c", "9")])), "connection te x-c"),
        ("clear", next().request_headers(HeaderMap::new()), "connection te"),
        (
            "clear, set",
            next().request_headers(HeaderMap::new()).request_header("x-d", "9"),
            "connection te x-d",
        ),
        // PX-57: whatever the map says about the connection, the request's own words stay.
        (
            "framing",
            next().request_headers(map(&[
                ("content-length", "3"),
                ("connection", "upgrade"),
                ("x-c", "9"),
            ])),
            "connection te x-c",
        ),
    ] {
        let Outcome { handled, .. } = outcome(proxied, &sent).await;
        let handled = handled.expect(what);
        let headers = handled.headers();
        let mut names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names.join(" "), expected, "{what}");
        assert_eq!(lines(headers, "connection"), ["close"], "{what}");
        assert_eq!(handled.uri(), "/sent?q=1", "{what}");
    }
}

#[tokio::test]
async fn pl_12_a_header_of_the_response_yields_wins_or_is_added() {
    for (proxied, both, vary) in [
        (next(), &["handler"][..], &["x-handler"][..]),
        (next().response_header("x-both", "proxy"), &["handler"], &["x-handler"]),
        (next().override_response_header("x-both", "proxy"), &["proxy"], &["x-handler"]),
        (next().append_response_header("x-both", "proxy"), &["handler", "proxy"], &["x-handler"]),
        (next().response_header("vary", "x-proxy"), &["handler"], &["x-handler", "x-proxy"]),
        (next().override_response_header("vary", "x-proxy"), &["handler"], &["x-proxy"]),
        (rewrite("/x").response_header("x-both", "proxy"), &["handler"], &["x-handler"]),
        (respond(()).response_header("x-both", "proxy"), &["proxy"], &[]),
        (redirect("/x").response_header("x-both", "proxy"), &["proxy"], &[]),
    ] {
        let Outcome { response, handled } = outcome(proxied, &[]).await;
        assert_eq!(lines(response.headers(), "x-both"), both);
        assert_eq!(lines(response.headers(), "vary"), vary);
        // PX-49
        assert!(handled.is_none_or(|request| !request.headers().contains_key("x-both")));
    }
}

#[tokio::test]
async fn px_57_px_85_what_cannot_be_done_is_a_500_and_no_handler_runs() {
    for proxied in [
        next().request_header("content-length", "3"),
        next().request_header("Transfer-Encoding", "chunked"),
        next().request_header("connection", "x-a"),
        next().remove_request_header("content-length"),
        next().remove_request_header("not a name"),
        next().request_header("not a name", "x"),
        next().request_header("x-a", "a\r\nx-b: c"),
        next().request_header("x-a", "a\0b"),
        next().response_header("x-a", "a\nb"),
        next().response_header("upgrade", "h2c"),
        next().append_response_header("", "x"),
        rewrite("//evil.example/"),
        rewrite("http://evil.example/"),
        rewrite("/ok").request_header("te", "gzip"),
        respond("secret").response_header("x-a", "\r"),
        redirect("/x").response_header("transfer-encoding", "chunked"),
    ] {
        let Outcome { response, handled } = outcome(proxied, &[]).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(handled.is_none());
        assert!(!text(response).await.contains("secret"));
    }
}

#[tokio::test]
async fn px_44_px_45_a_redirect_is_told_as_a_path_when_it_stays_here() {
    for (proxied, status, location) in [
        (redirect("/a?x=1#y"), 307, "/a?x=1#y"),
        (permanent_redirect("/a"), 308, "/a"),
        (Redirect::found("http://localhost/a").into(), 302, "/a"),
        // Two slashes would begin another host, and what only begins alike is one.
        (redirect("http://localhost//evil.example"), 307, "http://localhost//evil.example"),
        (redirect("http://localhost.evil.example/a"), 307, "http://localhost.evil.example/a"),
        (redirect("http://localhost:81/a"), 307, "http://localhost:81/a"),
        (redirect("https://example.com/a b?q=1#h"), 307, "https://example.com/a%20b?q=1#h"),
    ] {
        let Outcome { response, handled } = outcome(proxied, &[("host", "localhost")]).await;
        assert!(handled.is_none());
        assert_eq!(response.status(), status, "{location}");
        assert_eq!(lines(response.headers(), "location"), [location]);
        assert_eq!(text(response).await, location);
    }
}

#[tokio::test]
async fn px_70_px_72_a_rewrite_changes_the_path_and_keeps_the_rest() {
    let Outcome { handled, .. } = outcome(rewrite("/to?y=2"), &[("x-a", "1")]).await;
    let handled = handled.expect("the handler runs");
    assert_eq!(handled.uri(), "/to?y=2");
    assert_eq!(crate::RequestExt::url(&handled).path(), "/sent");
    assert_eq!(lines(handled.headers(), "x-a"), ["1"]);
    let body = handled.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(body, "body");
}

async fn answered(proxy: impl Proxy) -> Outcome {
    let handler = Arc::new(Handler::default());
    let continuation: Arc<dyn Continue> = Arc::<Handler>::clone(&handler);
    let answer = SharedProxy::new(proxy).call(request(&[]), Next::new(continuation)).await;
    let (Ok(response) | Err(response)) = answer;
    let handled = handler.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    Outcome { response, handled }
}

#[tokio::test]
async fn rh_409_a_closure_is_a_proxy_in_both_forms() {
    let around = |request: Request, next: Next| async move {
        let mut response = next.run(request).await;
        *response.status_mut() = StatusCode::ACCEPTED;
        response
    };
    let Outcome { response, handled } = answered(around).await;
    assert_eq!((response.status(), handled.is_some()), (StatusCode::ACCEPTED, true));

    let decided = decide(|request: Request| async move {
        let body = request.into_body().collect().await.map_err(|_| StatusCode::BAD_REQUEST)?;
        assert!(body.to_bytes().is_empty(), "a proxy that decides first has no body");
        Ok::<_, StatusCode>(next().request_header("x-a", "1"))
    });
    let Outcome { response, handled } = answered(decided).await;
    assert_eq!(text(response).await, "handled");
    let handled = handled.expect("the handler runs");
    assert_eq!(lines(handled.headers(), "x-a"), ["1"]);
    assert_eq!(handled.into_body().collect().await.expect("a body").to_bytes(), "body");

    let refused = decide(|_: Request| async { Err::<Proxied, _>(StatusCode::UNAUTHORIZED) });
    let Outcome { response, handled } = answered(refused).await;
    assert_eq!((response.status(), handled.is_none()), (StatusCode::UNAUTHORIZED, true));
}

#[test]
fn a_decision_is_told_apart_in_a_log() {
    for (proxied, expected) in [
        (next(), "Proxied::Next"),
        (rewrite("/a"), "Proxied::Rewrite"),
        (redirect("/a"), "Proxied::Redirect"),
        (respond(header::ACCEPT.as_str()), "Proxied::Respond"),
    ] {
        assert_eq!(format!("{proxied:?}"), expected);
    }
}
