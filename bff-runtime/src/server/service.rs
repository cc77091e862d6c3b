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
use http_body::{Body as _, Frame, SizeHint};
use hyper::{body::Incoming, service::Service};

use super::{
    draining::Draining,
    progress::{InFlight, Progress},
    upload::Upload,
};

/// The app for one connection: every request is told who the client is, and counted.
pub(super) struct AppService {
    /// A router is called by `&mut`, a hyper service by `&`. The cell saves the clone for each
    /// request, and with it a counter that all cores would write to.
    app: RefCell<Router>,
    client: SocketAddr,
    progress: Arc<Progress>,
    draining: Draining,
}

impl AppService {
    pub(super) fn new(
        app: Router,
        client: SocketAddr,
        progress: Arc<Progress>,
        draining: Draining,
    ) -> Self {
        Self { app: RefCell::new(app), client, progress, draining }
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
        let response = tower::Service::call(&mut *self.app.borrow_mut(), req);
        Answering { response, in_flight: Some(in_flight) }
    }
}

/// A request with the router.
pub(super) struct Answering {
    response: RouteFuture<Infallible>,
    in_flight: Option<InFlight>,
}

impl Future for Answering {
    type Output = Result<hyper::Response<Answer>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(Pin::new(&mut self.response).poll(cx))?;
        let _in_flight = self.in_flight.take();
        Poll::Ready(Ok(response.map(|body| Answer { body, _in_flight })))
    }
}

/// The body of an answer. Its request is in flight until hyper drops it.
pub(super) struct Answer {
    body: Body,
    _in_flight: Option<InFlight>,
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
