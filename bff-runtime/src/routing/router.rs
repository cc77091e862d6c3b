use std::sync::Arc;

use axum::{Router, extract::Request, handler::Handler, routing::any};

use super::{Route, dispatch::Dispatch, endpoint::Endpoint, entry::Entry, future::ResponseFuture};
use crate::{
    instrumentation::built,
    observe::{Observing, Watched, watched},
    pipeline::{Front, Pipeline},
};

/// The router of a whole app: every URL has an answer here, also those that no route serves.
pub fn router<S: Send + Sync>(
    routes: &'static [Route],
    entries: &'static [&'static [Entry<S>]],
    state: S,
) -> Router {
    built(routes);
    let dispatch = Dispatch::new(routes, entries, state);
    Router::new().fallback_service(Observing::new(move |request| dispatch.serve(request)))
}

/// The router of a whole app that has something in front of its routes.
pub fn router_behind<S: Send + Sync>(
    front: &Front<S>,
    routes: &'static [Route],
    entries: &'static [&'static [Entry<S>]],
    state: S,
) -> Router {
    built(routes);
    let dispatch = Dispatch::new(routes, entries, state);
    let pipeline = Pipeline::new(front, dispatch);
    Router::new().fallback_service(Observing::new(move |request| pipeline.serve(request)))
}

/// The routes alone, for a router that has routes of its own and its own idea of a 404.
///
/// axum matches them: byte by byte, without the canonical redirects.
pub fn routes<S>(routes: &'static [Route], entries: &'static [&'static [Entry<S>]]) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    built(routes);
    let mut router = Router::new();
    for (route, entries) in routes.iter().zip(entries) {
        let endpoint = Mounted(Arc::new(Endpoint::new(route, entries)));
        for pattern in route.axum_patterns() {
            router = router.route(pattern, any(endpoint.clone()));
        }
    }
    router
}

/// An endpoint as an axum handler, which is given the state with each request.
struct Mounted<S: 'static>(Arc<Endpoint<S>>);

impl<S> Clone for Mounted<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Clone + Send + Sync + 'static> Handler<(), S> for Mounted<S> {
    type Future = Watched<ResponseFuture>;

    fn call(self, request: Request, state: S) -> Watched<ResponseFuture> {
        watched(request, |request| self.0.call(request, &Arc::new(state)))
    }
}
