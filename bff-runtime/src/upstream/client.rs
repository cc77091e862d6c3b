use std::time::Duration;

use http::Request;
use hyper_util::{
    client::legacy::{self, ResponseFuture, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};

use super::{connect::Within, outgoing::Outgoing, url::Place};

#[cfg(not(feature = "tls"))]
type Connector = HttpConnector;
#[cfg(feature = "tls")]
type Connector = super::tls::Connector;

type Client = legacy::Client<Within<Connector>, Outgoing>;

/// What one HTTP/1 connection may hold while it is read; a longer head of a response is refused.
const BUFFER_SIZE: usize = 64 * 1024;

/// What an upstream may send ahead on one HTTP/2 stream.
const HTTP2_STREAM_WINDOW: u32 = 128 * 1024;

/// What it may send ahead on one connection. Many streams share it, so one that nobody reads must not use up the
/// share of the others: it takes over a hundred of them.
const HTTP2_CONNECTION_WINDOW: u32 = 16 * 1024 * 1024;

/// A response head in HTTP/2, decoded.
const HTTP2_HEAD_SIZE: u32 = 64 * 1024;

/// Shorter than what common servers allow, so that a request seldom meets a connection that is just being closed.
const POOL_IDLE: Duration = Duration::from_secs(15);

/// Connections that wait for the next request.
const POOL_SIZE: usize = 256;

/// The connections to one upstream.
pub(super) struct Clients {
    /// Sends a request once more when its connection turned out to be closed before a byte of it was sent.
    idempotent: Client,
    /// Never sends a request twice. Its connections are its own, as a pool has one rule for all.
    once: Client,
    /// Speaks HTTP/1.1, which alone can change to another protocol.
    #[cfg(feature = "tls")]
    upgrades: Client,
    /// The upstream speaks nothing but HTTP/2.
    pub(super) http2: bool,
}

impl Clients {
    #[cfg(not(feature = "tls"))]
    pub(super) fn new(_: &Place, connect: Duration, http2: bool) -> Result<Self, &'static str> {
        let client = |retry| client(connector(), connect, http2, retry);
        Ok(Self { idempotent: client(true), once: client(false), http2 })
    }

    #[cfg(feature = "tls")]
    pub(super) fn new(place: &Place, connect: Duration, http2: bool) -> Result<Self, &'static str> {
        use super::tls::{self, Offer};

        let config = tls::config(place.scheme == http::uri::Scheme::HTTPS)?;
        let usual = if http2 { Offer::Http2 } else { Offer::Http1AndHttp2 };
        let client = |offer, http2, retry| {
            client(tls::connector(connector(), &config, offer), connect, http2, retry)
        };
        Ok(Self {
            idempotent: client(usual, http2, true),
            once: client(usual, http2, false),
            upgrades: client(Offer::Http1, false, false),
            http2,
        })
    }

    /// Starts sending. Redirects are not followed: hyper's client knows none.
    pub(super) fn send(&self, request: Request<Outgoing>) -> ResponseFuture {
        #[cfg(feature = "tls")]
        if request.headers().contains_key(http::header::UPGRADE) {
            return self.upgrades.request(request);
        }
        // RFC 9110 section 9.2.2. A method that is not registered may do anything.
        let client = if request.method().is_idempotent() { &self.idempotent } else { &self.once };
        client.request(request)
    }
}

fn client(connector: Connector, connect: Duration, http2: bool, retry: bool) -> Client {
    legacy::Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(POOL_IDLE)
        .pool_max_idle_per_host(POOL_SIZE)
        .retry_canceled_requests(retry)
        .http1_max_buf_size(BUFFER_SIZE)
        .http2_only(http2)
        .http2_initial_stream_window_size(HTTP2_STREAM_WINDOW)
        .http2_initial_connection_window_size(HTTP2_CONNECTION_WINDOW)
        .http2_max_header_list_size(HTTP2_HEAD_SIZE)
        .http2_max_send_buf_size(BUFFER_SIZE)
        .build(Within::new(connector, connect))
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_keepalive(Some(Duration::from_secs(60)));
    connector.enforce_http(!cfg!(feature = "tls"));
    connector
}
