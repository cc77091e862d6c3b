//! What the client sent, beneath what routing has made of it.

use axum::extract::{OriginalUri, Request};
use http::{
    Extensions, Uri,
    uri::{Parts, PathAndQuery},
};

/// The URI before the first rewrite, as the app got it: without the prefix of a nest.
#[derive(Clone, Debug)]
struct Sent(Uri);

/// Sends a request elsewhere in the app, as a rewrite does: what comes next sees `target`, and
/// [`Url`](super::Url) still shows what the client sent (RH-138).
///
/// For layers. Whoever replaces the URI by hand hides the client's URL from the handler.
///
/// ```
/// use bff::{Request, axum::body::Body, request, request::RequestExt};
///
/// let mut request = Request::new(Body::empty());
/// *request.uri_mut() = "/old?page=2".parse().unwrap();
/// request::rewrite(&mut request, "/new?from=old".parse().unwrap());
///
/// assert_eq!(request.uri(), "/new?from=old");
/// assert_eq!(request.url().href(), "http://localhost/old?page=2");
/// assert_eq!(request.url().rewritten().unwrap().href(), "http://localhost/new?from=old");
/// ```
pub fn rewrite(request: &mut Request, target: Uri) {
    match target.into_parts() {
        // HTTP/2 and the absolute form have the host here, which a path does not change.
        Parts { scheme: None, authority: None, path_and_query: Some(target), .. } => {
            rewrite_path(request, target);
        }
        parts => replace(request, Uri::from_parts(parts).unwrap_or_default()),
    }
}

/// The same for a path of the app.
pub(crate) fn rewrite_path(request: &mut Request, target: PathAndQuery) {
    let target = at(request.uri(), target);
    replace(request, target);
}

fn replace(request: &mut Request, target: Uri) {
    let before = std::mem::replace(request.uri_mut(), target);
    if request.extensions().get::<Sent>().is_none() {
        request.extensions_mut().insert(Sent(before));
    }
}

/// This URI with another path and query. Scheme and host stay as they came.
pub(crate) fn at(uri: &Uri, target: PathAndQuery) -> Uri {
    // An authority alone is what CONNECT has.
    let (Some(_), Some(_)) = (uri.scheme(), uri.authority()) else { return target.into() };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(target);
    // With the same scheme and host it is one as it was before.
    Uri::from_parts(parts).unwrap_or_else(|_| uri.clone())
}

/// The URI of the request before any rewrite, without the prefix of a nest.
pub(super) fn sent<'a>(uri: &'a Uri, extensions: &'a Extensions) -> &'a Uri {
    extensions.get::<Sent>().map_or(uri, |sent| &sent.0)
}

/// Leaves of the URLs that a request has had only the prefix of its nest. Who the client says it asks, and what a rewrite
/// took away, is known to nobody after that.
pub(crate) fn forget_sent(uri: &Uri, extensions: &mut Extensions) {
    let whole = match base_path(uri, extensions) {
        "" => None,
        base => {
            format!("{base}{}", uri.path_and_query().map_or("/", PathAndQuery::as_str)).parse().ok()
        }
    };
    extensions.remove::<Sent>();
    extensions.remove::<OriginalUri>();
    if let Some(whole) = whole {
        extensions.insert(OriginalUri(whole));
    }
}

/// The URI as it was on the wire.
pub(crate) fn original<'a>(uri: &'a Uri, extensions: &'a Extensions) -> &'a Uri {
    extensions.get::<OriginalUri>().map_or_else(|| sent(uri, extensions), |original| &original.0)
}

/// The prefix below which the app is nested (RH-044), empty when it is not: what the wire has in front of the
/// path that the app got.
pub(crate) fn base_path<'a>(uri: &'a Uri, extensions: &'a Extensions) -> &'a str {
    // A nest takes one slash more away when there are two.
    before_path(uri, extensions).trim_end_matches('/')
}

/// Whether the app is not nested, so that it got the URI as it was on the wire. Asked of every request, so it compares
/// no text; what is unchanged is in the same place.
pub(crate) fn is_as_sent(uri: &Uri, extensions: &Extensions) -> bool {
    let place = |uri: &Uri| uri.path_and_query().map(|it| it.as_str().as_ptr());
    extensions.get::<OriginalUri>().is_none_or(|OriginalUri(original)| {
        let original = place(original);
        original == place(uri) || original == place(sent(uri, extensions))
    })
}

pub(super) fn before_path<'a>(uri: &'a Uri, extensions: &'a Extensions) -> &'a str {
    let original = original(uri, extensions).path();
    match sent(uri, extensions).path() {
        // A nest gives `/` for its bare prefix, with a slash at its end or without one.
        "/" => original.strip_suffix('/').unwrap_or(original),
        path => original.strip_suffix(path).unwrap_or(""),
    }
}
