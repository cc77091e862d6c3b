use std::sync::Arc;

use axum::{body::Body, response::Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body::Body as _;
use hyper::{body::Incoming, upgrade::OnUpgrade};

use super::{
    error::{Kind, UpstreamError},
    hop_by_hop,
    relayed::Relayed,
    target::Target,
    timeouts::Timeouts,
    tunnel,
};

/// The upstream's response, for the client.
pub(super) fn relay(
    mut response: http::Response<Incoming>,
    target: &Arc<Target>,
    timeouts: &Timeouts,
    is_head: bool,
    upgrade: Option<OnUpgrade>,
) -> Result<Response, UpstreamError> {
    let unusable = |why| Err(UpstreamError::new(Kind::Unusable(why), &**target));
    match response.status().as_u16() {
        101 => {
            let Some(client) = upgrade else {
                return unusable("the upstream switched to a protocol that nobody asked for");
            };
            if !hop_by_hop::asks_for_websocket(response.headers()) {
                return unusable("the upstream switched to another protocol than was asked for");
            }
            tunnel::open(client, hyper::upgrade::on(&mut response), timeouts.tunnel);
            let mut headers = std::mem::take(response.headers_mut());
            hop_by_hop::remove(&mut headers);
            switch(&mut headers);
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
            *response.headers_mut() = headers;
            Ok(response)
        }
        200..=599 => {
            let (parts, body) = response.into_parts();
            let mut headers = parts.headers;
            hop_by_hop::remove(&mut headers);
            // What a HEAD or a 304 says is about a body that is not there.
            if !is_head && parts.status != StatusCode::NOT_MODIFIED {
                fit_length(&mut headers, body.size_hint().exact());
            }
            let body = Relayed::new(body, Arc::clone(target), timeouts.idle, is_head);
            // Nothing else of the response is passed on: its extensions know the upstream's address.
            let mut response = Response::new(Body::new(body));
            *response.status_mut() = parts.status;
            *response.headers_mut() = headers;
            Ok(response)
        }
        _ => unusable("the upstream answered with a status that ends no exchange"),
    }
}

/// The length that hyper found is the one that is passed on: once, and as a number.
fn fit_length(headers: &mut HeaderMap, length: Option<u64>) {
    if headers.remove(header::CONTENT_LENGTH).is_some()
        && let Some(length) = length
    {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
}

/// Says that the connection changes to a WebSocket, to either side.
pub(super) fn switch(headers: &mut HeaderMap) {
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
}
