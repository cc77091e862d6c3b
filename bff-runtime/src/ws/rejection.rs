use std::fmt;

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::error::Problem;

/// Why a request opens no WebSocket. A response, and what the extractor
/// [`WebSocketUpgrade`](super::WebSocketUpgrade) fails with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandshakeRejection {
    /// It does not ask for one, or not with GET over HTTP/1.1: 426 with `Upgrade: websocket` (RFC 9110 section
    /// 15.5.22).
    NotAsked,
    /// It speaks another version of the protocol: 426 with `Sec-WebSocket-Version: 13` (RFC 6455 section 4.4).
    Version,
    /// `Sec-WebSocket-Key` is not 16 bytes in base64: 400 (RFC 6455 section 4.2.1).
    Key,
}

impl IntoResponse for HandshakeRejection {
    fn into_response(self) -> Response {
        let upgrade = [(header::UPGRADE, "websocket"), (header::CONNECTION, "upgrade")];
        let (status, headers): (_, &[(HeaderName, &'static str)]) = match self {
            Self::NotAsked => (StatusCode::UPGRADE_REQUIRED, &upgrade),
            Self::Version => {
                let [upgrade, connection] = upgrade;
                let version = (header::SEC_WEBSOCKET_VERSION, "13");
                return with_headers(
                    problem(StatusCode::UPGRADE_REQUIRED, self),
                    &[upgrade, connection, version],
                );
            }
            Self::Key => (StatusCode::BAD_REQUEST, &[]),
        };
        with_headers(problem(status, self), headers)
    }
}

fn problem(status: StatusCode, why: HandshakeRejection) -> Response {
    Problem::new(status).detail(why.to_string()).into_response()
}

fn with_headers(mut response: Response, headers: &[(HeaderName, &'static str)]) -> Response {
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

impl fmt::Display for HandshakeRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAsked => "this URL opens a WebSocket, with GET over HTTP/1.1",
            Self::Version => "this server speaks version 13 of the WebSocket protocol",
            Self::Key => "the header Sec-WebSocket-Key is not 16 bytes in base64",
        })
    }
}

impl std::error::Error for HandshakeRejection {}
