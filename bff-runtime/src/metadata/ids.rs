use std::{fmt::Display, pin::Pin, str::FromStr, sync::Arc};

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, Uri, header};

use crate::{
    Error, Problem,
    cache::Reads,
    error::failure_of,
    routing::{StaticParamsFuture, decode, segment},
};

/// Ids, being listed. A refused argument ends it early, with the response as the error.
pub type IdsFuture = Pin<Box<dyn Future<Output = Result<Vec<String>, Response>> + Send>>;

/// The function that lists ids, as its attribute emits it.
pub struct List<S: 'static> {
    /// Runs for each request.
    pub ids: fn(Request, &Arc<S>) -> IdsFuture,
    /// What [`Probe`](crate::routing::Probe) found of its extractors.
    pub needs_axum: bool,
    /// What they read of a request.
    pub reads: Reads,
}

impl<S> std::fmt::Debug for List<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("List").field("needs_axum", &self.needs_axum).finish_non_exhaustive()
    }
}

/// What a function that lists ids may return: anything that iterates over values that display.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of ids",
    label = "not something to iterate over, with items that implement `Display`",
    note = "return `Vec<u32>`, `[&'static str; 2]`, an iterator, or `bff::Result` of one of these"
)]
pub trait Ids {
    /// The ids as they are in URLs, not yet encoded.
    fn ids(self) -> Vec<String>;
}

#[diagnostic::do_not_recommend]
impl<I> Ids for I
where
    I: IntoIterator,
    I::Item: Display,
{
    fn ids(self) -> Vec<String> {
        self.into_iter().map(|id| id.to_string()).collect()
    }
}

/// [`Ids::ids`], called in a way that rustc complains about once when `T` is no list.
pub fn ids<T: Ids>(list: T) -> Vec<String> {
    list.ids()
}

/// Lets a request pass when the segment of its path at `index` is an id that is listed, with this suffix behind it
/// (MDI-05, MDS-09).
pub fn listed<S>(
    request: Request,
    state: &Arc<S>,
    list: fn(Request, &Arc<S>) -> IdsFuture,
    index: usize,
    suffix: &'static str,
) -> impl Future<Output = Result<Request, Response>> + Send + use<S> {
    let (request, copy) = without_body(request);
    let ids = list(copy, state);
    async move {
        match asked(request.uri(), index, suffix) {
            Some(id) if ids.await?.contains(&id) => Ok(request),
            _ => Err(unknown()),
        }
    }
}

/// The ids as the params of their paths, for an export: a list is then asked without a request (EX-11).
pub fn as_params<S>(
    state: &Arc<S>,
    list: fn(Request, &Arc<S>) -> IdsFuture,
    suffix: &'static str,
) -> StaticParamsFuture {
    let ids = list(Request::new(Body::empty()), state);
    Box::pin(async move {
        let ids = ids.await.map_err(|response| match failure_of(&response) {
            Some(failure) => Error::msg(failure.error()),
            None => Error::msg(format!("it answers {}", response.status())),
        })?;
        Ok(ids.into_iter().map(|id| vec![vec![format!("{id}{suffix}")]]).collect())
    })
}

/// The id that a request which has passed asks for.
#[expect(clippy::result_large_err, reason = "the error is the response")]
pub fn id<T: FromStr>(uri: &Uri, index: usize, suffix: &str) -> Result<T, Response> {
    asked(uri, index, suffix).and_then(|id| id.parse().ok()).ok_or_else(unknown)
}

fn asked(uri: &Uri, index: usize, suffix: &str) -> Option<String> {
    let id = decode(segment(uri.path(), index))?;
    Some(id.strip_suffix(suffix)?.to_owned())
}

/// 404 that no cache keeps: what there is may be more a moment later.
#[cold]
pub(super) fn unknown() -> Response {
    let mut response = Problem::new(StatusCode::NOT_FOUND).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The request, and what the list may see of it.
pub(super) fn without_body(request: Request) -> (Request, Request) {
    let (parts, body) = request.into_parts();
    let copy = Request::from_parts(parts.clone(), Body::empty());
    (Request::from_parts(parts, body), copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(_: Request, state: &Arc<Vec<&'static str>>) -> IdsFuture {
        let listed = ids(state.iter());
        Box::pin(async { Ok(listed) })
    }

    #[tokio::test]
    async fn mdi_05_mds_09_listed_ids_pass_and_every_other_is_a_404_that_is_not_kept() {
        let state = Arc::new(vec!["small", "2", "a b", "a/b"]);
        for (path, suffix, passes) in [
            ("/icon/small", "", true),
            ("/icon/2", "", true),
            ("/icon/a%20b", "", true),
            ("/icon/a%2Fb", "", true),
            ("/icon/large", "", false),
            ("/icon/%zz", "", false),
            ("/sitemap/2.xml", ".xml", true),
            ("/sitemap/2", ".xml", false),
            ("/sitemap/.xml", ".xml", false),
            ("/sitemap/2.xml.xml", ".xml", false),
        ] {
            let mut request = Request::new(Body::empty());
            *request.uri_mut() = path.parse().unwrap();
            match listed(request, &state, list, 1, suffix).await {
                Ok(request) => {
                    assert!(passes, "{path}");
                    assert!(id::<String>(request.uri(), 1, suffix).is_ok(), "{path}");
                }
                Err(response) => {
                    assert!(!passes, "{path}");
                    assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
                    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{path}");
                }
            }
        }
        let uri = Uri::from_static("/sitemap/7.xml");
        assert_eq!(id::<u32>(&uri, 1, ".xml").unwrap(), 7);
        assert!(id::<u32>(&Uri::from_static("/sitemap/x.xml"), 1, ".xml").is_err());
    }
}
