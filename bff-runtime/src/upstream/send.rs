use std::{error::Error as StdError, io, pin::pin};

use axum::body::Body;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::Body as _;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use tokio::time::{Instant, timeout_at};

use super::{
    error::{Kind, UpstreamError},
    outgoing::Outgoing,
    target::Target,
    timeouts::{Timeouts, after, later},
};

/// Sends a request and waits for the head of the response. Dropped before, the upstream's connection is closed.
pub(super) async fn send(
    target: &Target,
    mut request: Request<Body>,
    timeouts: &Timeouts,
) -> Result<Response<Incoming>, UpstreamError> {
    frame(&mut request, target.clients.http2);
    let request = request.map(Outgoing::of);
    let upload = request.body().upload();
    let started = Instant::now();
    let mut response = pin!(target.clients.send(request));
    let mut deadline = after(timeouts.head);
    loop {
        match timeout_at(deadline, response.as_mut()).await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) => {
                let client = upload.as_ref().and_then(|upload| upload.failed());
                return Err(explained(error, client, target));
            }
            Err(_) => {
                // The upstream's time begins anew with each piece of the request that it takes.
                let moved = upload.as_ref().map_or(started, |upload| upload.moved());
                deadline = later(moved, timeouts.head);
                if deadline <= Instant::now() {
                    return Err(UpstreamError::new(Kind::HeadTimeout, target));
                }
            }
        }
    }
}

/// Makes the body's own length the only statement about it.
///
/// One request must be one for the upstream too (CVE-2024-34350, CVE-2026-29057): a length that came with the
/// request, and is not that of the body that goes out, would end it elsewhere. An unknown length is chunked
/// whatever the method; hyper would otherwise leave the body of a GET out.
fn frame(request: &mut Request<Body>, http2: bool) {
    let size = request.body().size_hint().exact();
    let is_empty = request.body().is_end_stream();
    let headers = request.headers_mut();
    headers.remove(header::TRANSFER_ENCODING);
    let said = headers.remove(header::CONTENT_LENGTH).is_some();
    match size {
        // "A length of zero" and "no body" are one for a server, but some insist on the former (411).
        Some(0) | None if is_empty => {
            let method = request.method();
            if said || matches!(*method, Method::POST | Method::PUT | Method::PATCH) {
                let zero = HeaderValue::from_static("0");
                request.headers_mut().insert(header::CONTENT_LENGTH, zero);
            }
        }
        Some(length) => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        // HTTP/2 frames bodies itself.
        None if http2 => {}
        None => {
            headers.insert(header::TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
    }
}

fn explained(error: legacy::Error, client: Option<StatusCode>, target: &Target) -> UpstreamError {
    let kind = match client {
        Some(status) => Kind::Request(status, "the body of the request broke off"),
        None if error.is_connect() && is_timeout(&error) => Kind::ConnectTimeout,
        None if error.is_connect() => Kind::Connect,
        None => Kind::Broken,
    };
    UpstreamError::new(kind, target).with_source(error)
}

fn is_timeout(error: &legacy::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::TimedOut)
        {
            return true;
        }
        cause = error.source();
    }
    false
}
