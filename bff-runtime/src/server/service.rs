//! The one step between hyper and the router.

use std::{
    cell::RefCell,
    convert::Infallible,
    future::Future,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, Request},
    routing::future::RouteFuture,
};
use http_body::Body as _;
use hyper::{body::Incoming, service::Service};

use super::{
    draining::Draining,
    extras::{Extra, Extras},
    progress::{InFlight, Progress},
    upload::Upload,
};
use crate::overheard::{Listener, Overheard, Polled};

/// The app for one connection: every request is told who the client is, and counted.
pub(super) struct AppService {
    /// A router is called by `&mut`, a hyper service by `&`. The cell saves the clone for each
    /// request, and with it a counter that all cores would write to.
    app: RefCell<Router>,
    client: SocketAddr,
    progress: Arc<Progress>,
    draining: Draining,
    extras: Option<Extras>,
}

impl AppService {
    pub(super) fn new(
        app: Router,
        client: SocketAddr,
        progress: Arc<Progress>,
        draining: Draining,
        extras: Option<Extras>,
    ) -> Self {
        Self { app: RefCell::new(app), client, progress, draining, extras }
    }
}

impl Service<hyper::Request<Incoming>> for AppService {
    type Response = hyper::Response<Answer>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, mut req: hyper::Request<Incoming>) -> Answering {
        let in_flight = self.progress.request_begins();
        self.draining.accompany(req.extensions_mut());
        req.extensions_mut().insert(ConnectInfo(self.client));
        // An empty body of axum takes no memory, a body that wraps an empty one of hyper does.
        let req: Request = if req.body().is_end_stream() {
            req.map(|_| Body::empty())
        } else {
            Upload::of(req, &self.progress)
        };
        // A router is always ready, so there is no need to ask it.
        let app = |req| tower::Service::call(&mut *self.app.borrow_mut(), req);
        let (response, extra) = match &self.extras {
            None => (app(req), None),
            Some(extras) => {
                let (response, extra) = extras.begin(req, self.client.ip(), app);
                (response, Some(Box::new(extra)))
            }
        };
        Answering { response, in_flight: Some(in_flight), extra }
    }
}

/// A request with the router.
pub(super) struct Answering {
    response: RouteFuture<Infallible>,
    in_flight: Option<InFlight>,
    extra: Option<Box<Extra>>,
}

impl Future for Answering {
    type Output = Result<hyper::Response<Answer>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = ready!(Pin::new(&mut self.response).poll(cx))?;
        if let Some(extra) = &mut self.extra {
            if let Some(instead) = extra.instead_of(&response) {
                self.response = instead;
                response = ready!(Pin::new(&mut self.response).poll(cx))?;
            }
            if let Some(line) = self.extra.as_mut().and_then(|extra| extra.line.as_mut()) {
                line.answered(&mut response);
            }
        }
        let sending = Sending { _in_flight: self.in_flight.take(), extra: self.extra.take() };
        Poll::Ready(Ok(response.map(|body| Overheard::new(body, sending))))
    }
}

/// The body of an answer. Its request is in flight until hyper drops it.
pub(super) type Answer = Overheard<Sending>;

/// A request whose answer is on its way.
pub(super) struct Sending {
    _in_flight: Option<InFlight>,
    extra: Option<Box<Extra>>,
}

impl Listener for Sending {
    #[inline]
    fn heard(&mut self, polled: &Polled) {
        let Some(line) = self.extra.as_mut().and_then(|extra| extra.line.as_mut()) else { return };
        match polled {
            Poll::Ready(None) => line.ended(),
            Poll::Ready(Some(Ok(frame))) => line.sent(frame.data_ref().map_or(0, Bytes::len)),
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
    }
}
