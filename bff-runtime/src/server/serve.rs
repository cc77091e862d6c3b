use std::{
    fmt,
    future::{Future, IntoFuture},
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::Router;
use tokio::net::TcpListener;

use super::{
    accept::accept,
    banner,
    bind::Place,
    connection::Protocols,
    drain::DrainSignal,
    log,
    settings::{Chosen, Settings, environment},
    stop::{ShutdownFuture, Stop},
};
use crate::{appeared, env, error::Result, export, instrumentation, start};

/// Serves a router until the program is told to stop.
///
/// ```no_run
/// #[tokio::main]
/// async fn main() -> bff::Result {
///     let app = bff::axum::Router::new();
///     bff::serve(app).await
/// }
/// ```
///
/// It listens on `HOST` (0.0.0.0) and `PORT` (3000), which may also stand in a `.env` file; in
/// development it takes one of the next ports when nobody asked for 3000 and it is in use (row
/// CL-12). On `SIGTERM` and on Ctrl-C it accepts no more connections, lets requests finish, and
/// completes with `Ok` (row DP-10); a second signal cuts what is left.
///
/// | variable | default | |
/// |---|---|---|
/// | `HOST` | `0.0.0.0` | address or name to listen on; `HOSTNAME` is not read (row DP-03) |
/// | `PORT` | `3000` | 0 for any free one |
/// | `BFF_DRAIN_TIMEOUT` | `25` | seconds, see [`drain`](Serve::drain) |
/// | `BFF_H2C` | `0` | see [`http2`](Serve::http2) |
/// | `KEEP_ALIVE_TIMEOUT` | `60000` | milliseconds, see [`keep_alive`](Serve::keep_alive) |
/// | `BFF_ACCESS_LOG` | `0` | see [`access_log`](Serve::access_log) |
/// | `BFF_HEALTH` | `0` | see [`health`](Serve::health) |
/// | `BFF_GRACE` | `0`, or `5` | seconds, see [`grace`](Serve::grace) |
/// | `BFF_EXPORT` | none | a folder: the app is [exported](mod@crate::export) to it, and nothing is served |
/// | `BFF_LOG`, `RUST_LOG` | `info` | what is logged, with the feature `log` |
///
/// Every request carries [`ConnectInfo<SocketAddr>`](axum::extract::ConnectInfo), so axum's
/// extractor of that name works.
///
/// # Limits
///
/// A client has 10 seconds to send a request head, of 32 KiB and 100 headers at most, and may leave
/// an answer unread for 30 seconds. Connections that were upgraded are their handler's: a drain tells
/// and waits for the WebSockets of `bff::ws`, and knows nothing of others.
pub fn serve(app: Router) -> Serve {
    Serve { app, place: Place::default(), chosen: Chosen::default(), shutdown: None }
}

/// A server that is about to start; made by [`serve`](crate::serve()). It starts when it is awaited.
///
/// What is set here wins over the environment.
#[must_use = "a server does nothing until it is awaited"]
pub struct Serve {
    app: Router,
    place: Place,
    chosen: Chosen,
    shutdown: Option<ShutdownFuture>,
}

impl Serve {
    /// Listens on this address instead of `HOST` and `PORT`.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).addr(([127, 0, 0, 1], 8080)).await
    /// # }
    /// ```
    pub fn addr(mut self, addr: impl Into<SocketAddr>) -> Self {
        self.place = Place::Address(addr.into());
        self
    }

    /// Takes connections from this listener, for example one on a port that a test let the system
    /// choose.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// println!("listening on {}", listener.local_addr()?);
    /// bff::serve(app).listener(listener).await
    /// # }
    /// ```
    pub fn listener(mut self, listener: TcpListener) -> Self {
        self.place = Place::Listener(listener);
        self
    }

    /// Whether clients may speak HTTP/2 without TLS, by prior knowledge (RFC 9113, section 3.3),
    /// beside HTTP/1.1. Off unless `BFF_H2C=1`, since browsers never do and only a proxy in front
    /// has use for it.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).http2(true).await
    /// # }
    /// ```
    #[doc(alias = "h2c")]
    pub fn http2(mut self, enabled: bool) -> Self {
        self.chosen.http2 = Some(enabled);
        self
    }

    /// How long requests may take to finish after the signal to stop, before they are cut. 25
    /// seconds, or else `BFF_DRAIN_TIMEOUT`: Kubernetes kills after 30.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).drain(std::time::Duration::from_secs(5)).await
    /// # }
    /// ```
    #[doc(alias = "graceful shutdown")]
    pub fn drain(mut self, deadline: Duration) -> Self {
        self.chosen.drain = Some(deadline);
        self
    }

    /// How long a connection may rest between two requests, to a twelfth more. 60 seconds, or else
    /// `KEEP_ALIVE_TIMEOUT` in milliseconds; with zero every HTTP/1.1 connection serves one request.
    ///
    /// Behind a load balancer it has to be longer than the time that the balancer keeps idle
    /// connections, or else the balancer now and then sends a request into a connection that is
    /// being closed (row DP-06).
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).keep_alive(std::time::Duration::from_secs(75)).await
    /// # }
    /// ```
    pub fn keep_alive(mut self, timeout: Duration) -> Self {
        self.chosen.keep_alive = Some(timeout);
        self
    }

    /// How many connections may be open at the same time; others wait until one ends. Nine tenths
    /// of the files that the process may open, where the system tells. Upgraded connections do not
    /// count.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).max_connections(10_000).await
    /// # }
    /// ```
    pub fn max_connections(mut self, number: usize) -> Self {
        self.chosen.max_connections = Some(number);
        self
    }

    /// Whether a line is logged for each request, at the end of its answer. Off unless `BFF_ACCESS_LOG=1`.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).access_log(true).await
    /// # }
    /// ```
    ///
    /// It is a `tracing` event of the target `bff::access` and the level `INFO`, with these fields:
    ///
    /// | field | |
    /// |---|---|
    /// | `client` | the client's address, as far as [`TrustedProxies`](crate::request::TrustedProxies) vouch for it |
    /// | `method`, `path`, `query` | as sent, escaped where that is not printable ASCII, at most 2 KiB each |
    /// | `route` | the pattern of the route, when one was found |
    /// | `status`, `bytes` | of the answer, and how much of its body was taken by the connection |
    /// | `duration_ms` | from the head of the request to the end of the answer |
    /// | `aborted` | `true` when the answer did not come to its end; without a `status` it did not begin |
    /// | `headers` | those that [`access_log_headers`](Self::access_log_headers) lists |
    /// | `request_id` | see [`request_id`](crate::request_id); it is on the answer as well |
    ///
    /// Bodies are never in it, nor is a header that was not listed. In the URL, values with the names of secrets (`token`, `code`, `key`,
    /// `password`, `secret`, `signature` and their like, in any spelling) are replaced by `[redacted]`, and so are
    /// params of the route with such names.
    pub fn access_log(mut self, enabled: bool) -> Self {
        self.chosen.access_log = Some(enabled);
        self
    }

    /// The headers of a request that the access log has, in their order. None, unless they are listed here: a list of
    /// what must not be logged is never complete (security row 31).
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).access_log(true).access_log_headers(&["user-agent", "referer"]).await
    /// # }
    /// ```
    ///
    /// What is no printable ASCII is escaped, and a value with a pair in it that has the name of a secret, such as a
    /// URL with a `token`, is replaced by `[redacted]`. The server does not start with a header on the list that is
    /// itself a secret: `authorization`, `cookie`, `x-api-key`, `stripe-signature` and their like.
    pub fn access_log_headers(mut self, names: &'static [&'static str]) -> Self {
        self.chosen.access_log_headers = names;
        self
    }

    /// Whether the server answers `/healthz` and `/readyz` (rows DP-13, RH-433). Off unless `BFF_HEALTH=1`.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).health(true).await
    /// # }
    /// ```
    ///
    /// `/healthz` is 200 as long as the process answers. `/readyz` is 200 until the server is told to stop, and 503
    /// from then on, while it still takes requests for a [`grace`](Self::grace). Neither says more than that, asks
    /// anything else, or passes through the router: no proxy, limit or layer keeps them from answering. They take
    /// GET and HEAD.
    ///
    /// A route file of the app with one of these paths answers itself. Routes that were added to the router by hand
    /// are not seen.
    #[doc(alias = "liveness")]
    #[doc(alias = "readiness")]
    pub fn health(mut self, enabled: bool) -> Self {
        self.chosen.health = Some(enabled);
        self
    }

    /// How long connections are still accepted after the signal to stop, for load balancers to notice that the
    /// instance is no longer ready. With [`health`](Self::health) 5 seconds, in development and without it none, or
    /// else `BFF_GRACE`. A second signal ends it, and the drain.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// bff::serve(app).health(true).grace(std::time::Duration::from_secs(10)).await
    /// # }
    /// ```
    pub fn grace(mut self, time: Duration) -> Self {
        self.chosen.grace = Some(time);
        self
    }

    /// Stops when this future completes, instead of on a signal; signals are then left to the
    /// program (row DP-11).
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// bff::serve(app).shutdown(async { drop(stopped.await) }).await
    /// # }
    /// ```
    pub fn shutdown(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.shutdown = Some(Box::pin(signal));
        self
    }

    async fn run(self) -> Result<()> {
        let Self { app, place, chosen, shutdown } = self;
        log::install();
        appeared::warn();
        // The router lives in `app` until the end, so what is wrong with it is known here.
        start::check()?;
        if let Some(wanted) = export::by_command() {
            return wanted.carry_out(app).await;
        }
        let settings = Settings::new(chosen, &environment)?;
        // IN-01: before the address is taken, so that an orchestrator sees no server that cannot serve.
        instrumentation::register().await?;
        let listener = place.listen(env::mode(), &environment).await?;
        // Before the line that says that the server is up: whoever reads it may send a signal.
        let mut stop = Stop::new(shutdown)?;
        banner::print(listener.local_addr()?, env::files());

        let drain = Arc::new(DrainSignal::default());
        let protocols = Arc::new(Protocols::new(app, settings, Arc::clone(&drain)));
        let connections = accept(listener, protocols, &settings, &mut stop).await;
        drain.finish(connections, settings.drain, &mut stop).await;
        Ok(())
    }
}

impl IntoFuture for Serve {
    type Output = Result<()>;
    type IntoFuture = Serving;

    fn into_future(self) -> Serving {
        Serving(Box::pin(self.run()))
    }
}

impl fmt::Debug for Serve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app: _, place, chosen, shutdown } = self;
        f.debug_struct("Serve")
            .field("place", place)
            .field("chosen", chosen)
            .field("stops_on_signals", &shutdown.is_none())
            .finish_non_exhaustive()
    }
}

/// A server that runs; what awaiting a [`Serve`] waits for.
///
/// Completes with `Ok` after a drain, also one that had to cut connections.
///
/// # Errors
///
/// Before the first connection: when `register` of an `instrumentation.rs` fails, when a variable cannot be read,
/// when the address cannot be listened on, when browsers refuse the port, or when a router of this program lacks
/// what it needs, such as a variable that `bff.toml` names. The text says what to do.
#[must_use = "a server does nothing until it is awaited"]
pub struct Serving(Pin<Box<dyn Future<Output = Result<()>> + Send>>);

impl Future for Serving {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving").finish_non_exhaustive()
    }
}
