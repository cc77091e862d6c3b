use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use axum::{Router, body::Body, extract::Request, response::Response};
use http::{HeaderValue, Method, Uri, header};
use tower::ServiceExt;

use super::{Explanation, Stage};

/// On a request that is to be explained rather than answered.
#[derive(Clone, Copy)]
struct Asked;

/// Whether anybody has ever asked, so that an app of which nobody does looks at nothing.
static ANYBODY: AtomicBool = AtomicBool::new(false);

/// Says what becomes of a request to this router: each step, and where in the app it is said.
///
/// ```
/// use bff::{axum::Router, http::Method};
///
/// # async fn example() -> bff::Result {
/// # mod app { pub fn router() -> bff::axum::Router { bff::axum::Router::new() } }
/// println!("{}", bff::explain(&app::router(), Method::GET, "/api/posts/7").await?);
/// # Ok(())
/// # }
/// ```
///
/// A URL with a host is a request to that host, which conditions may look at. What an app does not answer itself, such
/// as a layer around it, is only told by its status.
///
/// # Errors
/// When this is no URL.
pub async fn explain(router: &Router, method: Method, url: &str) -> crate::Result<Explanation> {
    let uri: Uri = url.parse()?;
    let host = uri.authority().map_or("localhost", |authority| authority.as_str());
    let host = HeaderValue::try_from(host)?;
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method;
    request.headers_mut().insert(header::HOST, host);
    *request.uri_mut() = uri;
    Ok(ask(router, request).await)
}

/// Asks a router about a request.
pub(crate) async fn ask(router: &Router, mut request: Request) -> Explanation {
    let about = Explanation::of(request.method().clone(), request.uri().clone());
    mark(&mut request);
    let Ok(mut response) = router.clone().oneshot(request).await;
    match response.extensions_mut().remove::<Explanation>() {
        Some(explanation) => explanation.about(&about),
        None => {
            let mut explanation = about;
            let text = format!("what is around the app answers {}", response.status());
            explanation.add(Stage::Around, text, None);
            explanation
        }
    }
}

/// Makes it a request that the app answers with what it knows, before anything of it runs.
pub(crate) fn mark(request: &mut Request) {
    ANYBODY.store(true, Relaxed);
    request.extensions_mut().insert(Asked);
}

/// True for a request that is to be explained.
pub(crate) fn is_asked(request: &Request) -> bool {
    ANYBODY.load(Relaxed) && request.extensions().get::<Asked>().is_some()
}

/// The response that brings the explanation to who asked.
#[cold]
pub(crate) fn answer(explanation: Explanation) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(explanation);
    response
}
