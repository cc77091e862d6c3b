use std::sync::Arc;

use axum::{Router, extract::Request, handler::Handler, routing::any};

use super::{Route, dispatch::Dispatch, endpoint::Endpoint, entry::Entry, future::ResponseFuture};
use crate::{
    instrumentation::built,
    observe::{Observing, Watched, watched},
    pipeline::{Front, Pipeline},
    policy::AppCounters,
    security_headers::{Secured, SecurityHeaders},
    start,
};

/// The router of a whole app: every URL has an answer here, also those that no route serves. `headers` are the security
/// headers, `None` the defaults.
pub fn router<S: Send + Sync>(
    routes: &'static [Route],
    entries: &'static [&'static [Entry<S>]],
    state: S,
    headers: Option<&'static SecurityHeaders>,
) -> Router {
    built(routes);
    let counters = match AppCounters::new(routes) {
        Ok(counters) => counters,
        Err(reason) => return start::in_place_of(Router::new(), vec![reason]),
    };
    let dispatch = Dispatch::new(routes, entries, state, &counters);
    Router::new().fallback_service(Observing::new(move |request| {
        Secured::new(dispatch.serve(request), headers)
    }))
}

/// The router of a whole app that has something in front of its routes.
pub fn router_behind<S: Send + Sync>(
    front: &Front<S>,
    routes: &'static [Route],
    entries: &'static [&'static [Entry<S>]],
    state: S,
    headers: Option<&'static SecurityHeaders>,
) -> Router {
    built(routes);
    let counters = match AppCounters::new(routes) {
        Ok(counters) => counters,
        Err(reason) => return start::in_place_of(Router::new(), vec![reason]),
    };
    let counters = counters.behind(front.has_headers(), front.has_proxy());
    let dispatch = Dispatch::new(routes, entries, state, &counters);
    let pipeline = Pipeline::new(front, dispatch);
    Router::new().fallback_service(Observing::new(move |request| {
        Secured::new(pipeline.serve(request), headers)
    }))
}

/// The routes alone, for a router that has routes of its own and its own idea of a 404.
///
/// axum matches them: byte by byte, without the canonical redirects. No answers are kept.
pub fn routes<S>(
    routes: &'static [Route],
    entries: &'static [&'static [Entry<S>]],
    headers: Option<&'static SecurityHeaders>,
) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    built(routes);
    let counters = match AppCounters::new(routes) {
        // Whoever gives the state can give another one to a clone, and one store would answer for both.
        Ok(counters) => counters.without_store(),
        Err(reason) => return start::in_place_of(Router::new(), vec![reason]).with_state(()),
    };
    let mut router = Router::new();
    for (route, entries) in routes.iter().zip(entries) {
        let endpoint = Arc::new(Endpoint::new(route, entries, &counters));
        let endpoint = Mounted { endpoint, headers };
        for pattern in route.axum_patterns() {
            router = router.route(pattern, any(endpoint.clone()));
        }
    }
    router
}

/// An endpoint as an axum handler, which is given the state with each request.
struct Mounted<S: 'static> {
    endpoint: Arc<Endpoint<S>>,
    headers: Option<&'static SecurityHeaders>,
}

impl<S> Clone for Mounted<S> {
    fn clone(&self) -> Self {
        Self { endpoint: Arc::clone(&self.endpoint), headers: self.headers }
    }
}

impl<S: Clone + Send + Sync + 'static> Handler<(), S> for Mounted<S> {
    type Future = Watched<Secured<ResponseFuture>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        watched(request, |request| {
            Secured::new(self.endpoint.call(request, &Arc::new(state)), self.headers)
        })
    }
}
