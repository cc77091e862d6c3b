use axum::extract::{OriginalUri, Request};
use http::uri::PathAndQuery;

use super::rewrites::at;
use crate::matching::without_base;

/// Takes the base path off the request, as a nest takes off its prefix: routes know nothing of it, and the URL that
/// the client sent stays where [`OriginalUri`] and [`RequestExt::url`](crate::RequestExt::url) find it (BP-03).
pub(super) fn enter(request: &mut Request, base_path: &str) {
    let uri = request.uri();
    let Some(inside) = without_base(uri.path(), base_path) else { return };
    let target = match uri.query() {
        Some(query) => PathAndQuery::try_from(format!("{inside}?{query}")),
        None => PathAndQuery::try_from(inside),
    };
    // It is the end of a path that was one.
    let Ok(target) = target else { return };
    let inside = at(uri, target);
    let whole = std::mem::replace(request.uri_mut(), inside);
    // A nest around the app has put it there before.
    if request.extensions().get::<OriginalUri>().is_none() {
        request.extensions_mut().insert(OriginalUri(whole));
    }
}
