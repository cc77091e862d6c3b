use std::{fmt, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use http::{HeaderValue, Uri, header};
use tower::ServiceExt;

use crate::{
    explain,
    pipeline::Rules,
    routing::{Route, StaticParamsFuture},
    start::NotStarted,
};

/// What an app has, as its router tells it.
#[derive(Debug, Default)]
pub(crate) struct Inventory {
    pub(crate) routes: Vec<InventoryRoute>,
    /// The file of the proxy.
    pub(crate) proxy: Option<&'static str>,
    /// The files of `public/`, by name.
    pub(crate) public: Vec<String>,
    pub(crate) rules: Option<&'static Rules>,
}

/// A route with what lists its params.
pub(crate) struct InventoryRoute {
    pub(crate) route: &'static Route,
    pub(crate) list: Option<ListParams>,
}

/// Lists the params of a route.
pub(crate) type ListParams = Box<dyn Fn() -> StaticParamsFuture + Send + Sync>;

impl fmt::Debug for InventoryRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InventoryRoute").field(&self.route.pattern()).finish()
    }
}

/// On a request that asks what the app has.
#[derive(Clone, Copy)]
struct Asked;

/// On a request whose answer becomes a file.
#[derive(Clone, Copy)]
struct Exporting;

/// The inventory, on the response that brings it.
#[derive(Clone)]
struct Told(Arc<Inventory>);

/// Asks a router what its app has, in the way that it is asked to [explain](mod@crate::explain) itself.
///
/// # Errors
/// When it cannot be served, or is not the router of an app.
pub(super) async fn ask(router: &Router) -> Result<Arc<Inventory>, String> {
    let mut request = Request::new(Body::empty());
    explain::mark(&mut request);
    request.extensions_mut().insert(Asked);
    let Ok(response) = router.clone().oneshot(request).await;
    if let Some(reason) = NotStarted::of(&response) {
        return Err(format!("this app cannot be served: {reason}"));
    }
    let told = response.extensions().get::<Told>();
    told.map(|Told(inventory)| Arc::clone(inventory)).ok_or_else(|| {
        "this is not the router of an app: give `app::router()` itself, without a nest around it and not `app::routes()`"
            .to_owned()
    })
}

/// True for a request that asks what the app has. Only those that are to be explained may be.
#[cold]
pub(crate) fn is_asked(request: &Request) -> bool {
    request.extensions().get::<Asked>().is_some()
}

/// The response that brings the inventory to who asked.
#[cold]
pub(crate) fn answer(inventory: Inventory) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Told(Arc::new(inventory)));
    response
}

/// The request for a path, as anybody would send it: without cookies, and in no language.
///
/// # Errors
/// When this is no path.
pub(super) fn request(path: &str) -> Result<Request, String> {
    let uri: Uri = path.parse().map_err(|error| format!("`{path}` is no path: {error}"))?;
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    request.headers_mut().insert(header::HOST, HeaderValue::from_static("localhost"));
    let extensions = request.extensions_mut();
    extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 49152))));
    extensions.insert(Exporting);
    Ok(request)
}

/// True for a request whose answer becomes a file: what files cannot have has no part in it. No proxy decides on it, no
/// rewrite and no rule with conditions applies to it, and no limit of clients counts it.
pub(crate) fn is_exporting(request: &Request) -> bool {
    request.extensions().get::<Exporting>().is_some()
}
