use std::sync::Arc;

use axum::{
    Router,
    extract::{OriginalUri, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, Uri, header};
use tower::Service;

use super::{
    Route, Segment,
    canonical::canonical,
    compat,
    endpoint::Endpoint,
    entry::Entry,
    future::ResponseFuture,
    matcher::Matcher,
    param::bad_encoding,
    path::{self, Traits},
};
use crate::{
    cors::CorsAnswer,
    error::Problem,
    explain::{self, Explanation, Stage, is_asked},
    export::{self, Inventory, InventoryRoute, ListParams},
    policy::{Admission, AppCounters, HandlerPolicy, Told},
};

/// The service that answers for a whole app: matching, methods, 404 and 405.
pub(crate) struct Dispatch<S: 'static>(Arc<App<S>>);

struct App<S: 'static> {
    matcher: Matcher,
    routes: Vec<Bound<S>>,
    /// The rules for paths that no route serves, where one of them says who may read the answer.
    elsewhere: Option<HandlerPolicy>,
    state: Arc<S>,
}

struct Bound<S: 'static> {
    endpoint: Arc<Endpoint<S>>,
    /// Present when some handler looks at what only axum's router knows.
    axum: Option<Router>,
    /// True when the pattern is text alone.
    is_exact: bool,
}

/// The route that serves a path, found and not yet asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    route: usize,
    has_percent: bool,
    /// True when the route has no params, so that it serves this path alone.
    pub(crate) is_exact: bool,
}

impl<S: Send + Sync> Dispatch<S> {
    /// `entries` has one item for each of `routes`, in the same order.
    pub(crate) fn new(
        routes: &'static [Route],
        entries: &'static [&'static [Entry<S>]],
        state: S,
        counters: &AppCounters,
    ) -> Self {
        let state = Arc::new(state);
        let bound = routes
            .iter()
            .zip(entries)
            .map(|(route, entries)| {
                let endpoint = Arc::new(Endpoint::new(route, entries, counters));
                endpoint.make(&state);
                let axum = endpoint.needs_axum.then(|| compat::router_of(&endpoint, &state));
                let is_exact =
                    route.segments().iter().all(|segment| matches!(segment, Segment::Literal(_)));
                Bound { endpoint, axum, is_exact }
            })
            .collect();
        Self(Arc::new(App {
            matcher: Matcher::new(routes.iter().map(Route::segments)),
            routes: bound,
            elsewhere: HandlerPolicy::elsewhere(routes, counters),
            state,
        }))
    }

    /// The answer to a request that nothing has looked at yet.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call moves the request, which is large")]
    pub(crate) fn serve(&self, request: Request) -> ResponseFuture {
        if is_asked(&request) { self.explained(&request) } else { self.0.call(request) }
    }

    #[cold]
    fn explained(&self, request: &Request) -> ResponseFuture {
        if export::is_asked(request) {
            return ResponseFuture::ready(export::answer(self.inventory()), request);
        }
        let mut explanation = Explanation::of_request(request);
        match uncanonical(request) {
            Some(response) => explanation.answered(Stage::CleanUp, &response, None),
            None => self.explain(request, &mut explanation),
        }
        ResponseFuture::ready(explain::answer(explanation), request)
    }

    /// The answer to a request.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call moves the request, which is large")]
    pub(crate) fn answer(&self, request: Request) -> ResponseFuture {
        self.0.call(request)
    }

    /// The route that serves this path, if one does; the path is canonical.
    pub(crate) fn find(&self, path: &str) -> Option<Found> {
        self.0.find(path, memchr::memchr(b'%', path.as_bytes()).is_some())
    }

    /// True when this path is that of a metadata file.
    #[cold]
    pub(crate) fn has_metadata(&self, path: &str) -> bool {
        self.find(path).is_some_and(|found| self.0.routes[found.route].endpoint.route.is_metadata())
    }

    /// The answer to a request for the path that was looked up.
    pub(crate) fn answer_from(&self, found: Found, request: Request) -> ResponseFuture {
        self.0.run(found, request)
    }

    /// The answer to a path that nothing serves.
    pub(crate) fn not_found(&self, request: &Request) -> ResponseFuture {
        self.0.not_found(request)
    }

    /// Says what answers a request whose path is canonical.
    #[cold]
    pub(crate) fn explain(&self, request: &Request, explanation: &mut Explanation) {
        match self.find(request.uri().path()) {
            Some(found) => self.explain_from(found, request, explanation),
            None => explanation.add(Stage::Route, "none has this path: 404", None),
        }
    }

    /// The same for the path that was looked up.
    #[cold]
    pub(crate) fn explain_from(&self, found: Found, request: &Request, to: &mut Explanation) {
        self.0.routes[found.route].endpoint.explain(request, to);
    }

    /// The routes, for an export.
    #[cold]
    pub(crate) fn inventory(&self) -> Inventory {
        let routes = self.0.routes.iter().map(|bound| {
            let list = bound.endpoint.static_params();
            let state = Arc::clone(&self.0.state);
            InventoryRoute {
                route: bound.endpoint.route,
                list: list.map(|list| -> ListParams { Box::new(move || list.list(&state)) }),
            }
        });
        Inventory { routes: routes.collect(), ..Inventory::default() }
    }

    /// The state of the app.
    pub(crate) fn state(&self) -> &Arc<S> {
        &self.0.state
    }
}

impl<S: Send + Sync> App<S> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call moves the request, which is large")]
    fn call(&self, request: Request) -> ResponseFuture {
        let path = request.uri().path();
        let traits = Traits::of(path);
        if let Some(response) = refused(&request, traits) {
            return ResponseFuture::ready(response, &request);
        }
        match self.find(path, traits.has_percent()) {
            Some(found) => self.run(found, request),
            None => self.not_found(&request),
        }
    }

    #[cold]
    fn not_found(&self, request: &Request) -> ResponseFuture {
        let cors = self.elsewhere.as_ref().and_then(|policy| policy.cors(request));
        let cors = cors.map(|cors| CorsAnswer::of(cors, request.headers()));
        let told = Told { cors, ..Told::default() };
        let admission = Admission { told, ..Admission::default() };
        ResponseFuture::ready(unserved(request), request).within(admission)
    }

    #[inline]
    fn find(&self, path: &str, has_percent: bool) -> Option<Found> {
        let route = self.matcher.find(path, has_percent)?;
        Some(Found { route, has_percent, is_exact: self.routes[route].is_exact })
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call moves the request, which is large")]
    fn run(&self, found: Found, mut request: Request) -> ResponseFuture {
        let Bound { endpoint, axum, .. } = &self.routes[found.route];
        if found.has_percent && has_broken_escapes(request.uri().path(), endpoint.route) {
            return endpoint.instead_of_handlers(bad_encoding(), &request);
        }
        match axum {
            None => endpoint.call(request, &self.state),
            Some(router) => {
                let head = request.method() == Method::HEAD;
                compat::prepare(&mut request, endpoint);
                ResponseFuture::axum(router.clone().call(request), head)
            }
        }
    }
}

/// The answer to a path that no route is asked about.
pub(crate) fn uncanonical(request: &Request) -> Option<Response> {
    refused(request, Traits::of(request.uri().path()))
}

fn refused(request: &Request, traits: Traits) -> Option<Response> {
    if traits.has_backslash() || traits.may_be_uncanonical() {
        redirected(request, traits)
    } else {
        None
    }
}

/// The answer to a path that is not canonical: 308 to the canonical one (RH-041, RH-042), 400 to a backslash.
#[cold]
fn redirected(request: &Request, traits: Traits) -> Option<Response> {
    if traits.has_backslash() {
        return Some(
            Problem::new(StatusCode::BAD_REQUEST)
                .detail("the path contains a backslash")
                .into_response(),
        );
    }
    canonical(request.uri().path())?;
    moved(request, canonical)
}

/// 308 to another path of this app, with the query that was sent; `None` when the path does not change.
pub(crate) fn moved(
    request: &Request,
    path: impl FnOnce(&str) -> Option<String>,
) -> Option<Response> {
    // Inside a nest the path has lost its prefix, but the redirect must have it.
    let sent: &Uri =
        request.extensions().get::<OriginalUri>().map_or(request.uri(), |original| &original.0);
    let mut location = path(sent.path())?;
    if let Some(query) = sent.query() {
        location.push('?');
        location.push_str(query);
    }
    let location = HeaderValue::try_from(location).ok()?;
    Some((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response())
}

fn unserved(request: &Request) -> Response {
    if request.method() == Method::CONNECT {
        // Nothing here opens tunnels; the empty `Allow` says that no method would (RFC 9110 section 10.2.1).
        let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED).into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(""));
        response
    } else {
        Problem::new(StatusCode::NOT_FOUND).into_response()
    }
}

/// Broken escapes in a route with params are refused before the handler runs (RH-028), whether or not it
/// takes the param.
#[cold]
fn has_broken_escapes(path: &str, route: &Route) -> bool {
    route.segments().iter().any(|segment| !matches!(segment, Segment::Literal(_)))
        && path.split('/').any(|segment| path::decode(segment).is_none())
}

impl<S> Clone for Dispatch<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
