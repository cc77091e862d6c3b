//! One connection from its first byte to its last.

use std::{net::SocketAddr, pin::Pin, sync::Arc};

use axum::Router;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::{
    drain::DrainSignal, draining::Draining, extras::Extras, limits, progress::Progress,
    service::AppService, settings::Settings, sniff::speaks_http2, stream::ClientStream,
    watch::Watch,
};
use crate::observe::security_event;

/// How connections are served; one for all of them.
///
/// hyper-util has a server for both protocols, which is not used: with upgrades it speaks HTTP/2
/// even when told not to, it waits for the first bytes without a deadline, and it has no setting
/// for the size of a request head.
pub(super) struct Protocols {
    app: Router,
    settings: Settings,
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
    drain: Arc<DrainSignal>,
    extras: Option<Extras>,
}

impl Protocols {
    pub(super) fn new(app: Router, settings: Settings, drain: Arc<DrainSignal>) -> Self {
        // With its state a router turns into routes once; without, it would do so per request.
        let app = app.with_state(());
        let extras = Extras::new(&settings);
        Self { app, settings, http1: http1(&settings), http2: http2(), drain, extras }
    }

    /// From here on the instance wants no more requests, which only those are told who ask.
    pub(super) fn stop(&self) {
        if let Some(extras) = &self.extras {
            extras.stop();
        }
    }

    pub(super) async fn serve(&self, socket: TcpStream, client: SocketAddr) {
        // An answer is written at once and whole; waiting for more to send would only delay it.
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!("{client}: TCP_NODELAY cannot be set: {error}");
        }
        let http2 = if self.settings.http2 {
            tokio::select! {
                biased;
                () = self.drain.begun() => return,
                sniffed = speaks_http2(&socket) => sniffed,
            }
        } else {
            Ok(false)
        };
        let outcome = match http2 {
            Ok(true) => self.serve_http2(socket, client).await,
            Ok(false) => self.serve_http1(socket, client).await,
            Err(error) => return tracing::debug!("{client}: {error}"),
        };
        // What a client does wrong is its own affair, and a flood of such lines would be ours.
        if let Err(error) = outcome {
            tracing::debug!("{client}: {error}");
            if error.is_parse() {
                let client = tracing::field::display(client.ip());
                let reason = error.to_string();
                security_event!(
                    INFO,
                    "malformed_request",
                    client = client,
                    reason = reason;
                    "what a client sent is no request"
                );
            }
        }
    }

    async fn serve_http1(&self, socket: TcpStream, client: SocketAddr) -> hyper::Result<()> {
        let progress = Arc::default();
        let stream = TokioIo::new(ClientStream::new(socket, Arc::clone(&progress)));
        let service = self.service(client, &progress);
        let mut connection = self.http1.serve_connection(stream, service).with_upgrades();
        let finish = http1::UpgradeableConnection::graceful_shutdown;
        let output = self.watch(&progress, true).run(Pin::new(&mut connection), finish).await;
        if output.is_none()
            && progress.is_within_head()
            && let Some(parts) = connection.into_parts()
        {
            parts.io.into_inner().refuse_unfinished_request();
        }
        output.unwrap_or(Ok(()))
    }

    async fn serve_http2(&self, socket: TcpStream, client: SocketAddr) -> hyper::Result<()> {
        let progress = Arc::default();
        let stream = TokioIo::new(ClientStream::new(socket, Arc::clone(&progress)));
        let service = self.service(client, &progress);
        let mut connection = self.http2.serve_connection(stream, service);
        let finish = http2::Connection::graceful_shutdown;
        let output = self.watch(&progress, false).run(Pin::new(&mut connection), finish).await;
        output.unwrap_or(Ok(()))
    }

    fn service(&self, client: SocketAddr, progress: &Arc<Progress>) -> AppService {
        let draining = Draining::new(&self.drain);
        AppService::new(
            self.app.clone(),
            client,
            Arc::clone(progress),
            draining,
            self.extras.clone(),
        )
    }

    fn watch<'a>(&'a self, progress: &'a Progress, bounds_heads: bool) -> Watch<'a> {
        Watch { drain: &self.drain, progress, keep_alive: self.settings.keep_alive, bounds_heads }
    }
}

fn http1(settings: &Settings) -> http1::Builder {
    let mut http1 = http1::Builder::new();
    // The number of headers stays at hyper's 100: naming it would move them to the heap, with
    // every request. The time for a head is in `Deadlines`.
    http1
        .half_close(false)
        .keep_alive(!settings.keep_alive.is_zero())
        .header_read_timeout(None)
        .max_header_size(limits::HEAD_SIZE)
        .max_buf_size(limits::BUFFER_SIZE);
    http1
}

fn http2() -> http2::Builder<TokioExecutor> {
    let mut http2 = http2::Builder::new(TokioExecutor::new());
    http2
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits::HTTP2_STREAMS)
        .max_header_list_size(limits::HTTP2_HEAD_SIZE)
        .initial_stream_window_size(limits::HTTP2_STREAM_WINDOW)
        .initial_connection_window_size(limits::HTTP2_CONNECTION_WINDOW)
        .keep_alive_interval(limits::HTTP2_PING)
        // WebSockets over HTTP/2 (RFC 8441) are not offered: no handler answers CONNECT, and a client that
        // is not told otherwise opens them over HTTP/1.1.
        .keep_alive_timeout(limits::HTTP2_PING);
    http2
}
