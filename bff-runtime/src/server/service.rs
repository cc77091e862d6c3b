//! The one step between hyper and the router.

use std::{cell::RefCell, convert::Infallible, net::SocketAddr};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
    routing::future::RouteFuture,
};
use http_body::Body as _;
use hyper::{body::Incoming, service::Service};

/// The app for one connection: every request is told who the client is.
pub(super) struct AppService {
    /// A router is called by `&mut`, a hyper service by `&`. The cell saves the clone for each
    /// request, and with it a counter that all cores would write to.
    app: RefCell<Router>,
    client: SocketAddr,
}

impl AppService {
    pub(super) fn new(app: Router, client: SocketAddr) -> Self {
        Self { app: RefCell::new(app), client }
    }
}

impl Service<hyper::Request<Incoming>> for AppService {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn call(&self, mut req: hyper::Request<Incoming>) -> Self::Future {
        req.extensions_mut().insert(ConnectInfo(self.client));
        // An empty body of axum takes no memory, a body that wraps an empty one of hyper does.
        let req: Request =
            req.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(body) });
        // A router is always ready, so there is no need to ask it.
        tower::Service::call(&mut *self.app.borrow_mut(), req)
    }
}
