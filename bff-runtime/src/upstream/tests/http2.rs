use std::convert::Infallible;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, HeaderValue, Request, Response, Version};
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use hyper::{body::Incoming, server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

use super::harness::{request, within};
use crate::upstream::{Upstream, forward};

/// An upstream that speaks HTTP/2 alone and says what it was sent.
async fn upstream() -> Upstream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let connection = http2::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(socket), service_fn(answer));
            tokio::spawn(connection);
        }
    });
    Upstream::at_start(format!("http://{address}/v2")).unwrap().http2()
}

async fn answer(request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    assert_eq!(request.version(), Version::HTTP_2);
    let (parts, body) = request.into_parts();
    let mut names: Vec<_> = parts.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    let head = format!("{} {} [{}] ", parts.method, parts.uri.path(), names.join(" "));
    let body = body.collect().await.unwrap().to_bytes();
    let trailers = HeaderMap::from_iter([(
        http::HeaderName::from_static("x-sum"),
        HeaderValue::from_static("1"),
    )]);
    let frames = [Frame::data(Bytes::from(head)), Frame::data(body), Frame::trailers(trailers)];
    let body = StreamBody::new(stream::iter(frames.map(Ok::<_, Infallible>)));
    Ok(Response::builder().header("trailer", "x-sum").body(Body::new(body)).unwrap())
}

#[tokio::test]
async fn http2_carries_requests_responses_and_trailers() {
    let upstream = upstream().await;
    let frames = ["one, ", "two"].map(|it| Ok::<_, Infallible>(Frame::data(Bytes::from(it))));
    let streamed = Body::new(StreamBody::new(stream::iter(frames)));
    for (line, body, expected) in [
        (
            "GET /a",
            Body::empty(),
            "GET /v2/a [forwarded via x-forwarded-for x-forwarded-host x-forwarded-proto] ",
        ),
        (
            "POST /a",
            streamed,
            "POST /v2/a [forwarded via x-forwarded-for x-forwarded-host x-forwarded-proto] one, two",
        ),
    ] {
        let headers =
            [("connection", "keep-alive"), ("keep-alive", "x"), ("transfer-encoding", "chunked")];
        let response =
            within(forward(request(line, &headers, body), &upstream).into_future()).await.unwrap();
        assert_eq!(response.version(), Version::HTTP_11);
        let body = within(response.into_body().collect()).await.unwrap();
        assert_eq!(body.trailers().unwrap()["x-sum"], "1");
        assert_eq!(body.to_bytes(), expected);
    }
}

#[tokio::test]
async fn rw_36_a_websocket_cannot_be_asked_for_over_http2() {
    let upstream = upstream().await;
    let headers = [("connection", "upgrade"), ("upgrade", "websocket")];
    let response =
        within(forward(request("GET /", &headers, ""), &upstream).into_future()).await.unwrap();
    let body = within(response.into_body().collect()).await.unwrap().to_bytes();
    assert!(!String::from_utf8_lossy(&body).contains("upgrade"));
}
