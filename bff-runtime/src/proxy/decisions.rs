use axum::response::IntoResponse;

use super::{
    proxied::{Decision, Proxied},
    target::RewriteTarget,
};

/// The request goes on to its route (PX-48).
pub fn next() -> Proxied {
    Proxied::new(Decision::Next)
}

/// Something else answers, with the method and the body of this request: another path of the app (PX-70), or an
/// upstream (PX-75).
///
/// A path of the app is a text with a query or without: `/maintenance`, `/v2/posts?page=1`, or a
/// [`Url`](crate::request::Url). The query of the request is not taken over (PX-73). The proxy does not run again.
/// The handler sees the target, and with [`RequestExt::url`](crate::RequestExt::url) what the client sent (PX-72).
/// What a path cannot hold is encoded, and dot segments are resolved; anything that is no path of the app,
/// `https://…` or `//…`, is a mistake of the program and answered with 500.
///
/// ```
/// use bff::{proxy, upstream::Upstream};
///
/// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
///
/// let maintenance = proxy::rewrite("/maintenance");
/// let same_path_there = proxy::rewrite(&CATALOG);
/// let below = proxy::rewrite(CATALOG.passage().strip_prefix("/catalog"));
/// ```
///
/// An [`Upstream`](crate::upstream::Upstream) is declared in the source, so no request chooses where it goes (PX-93).
/// It gets the request as [`forward`](crate::upstream::forward()) sends it, path and query as the client sent them,
/// with what the builder sets of the request's headers; both bodies are streamed. Response headers and cookies of
/// the builder go to the client alone (PX-49, RW-32). A failure of the upstream is a 502, or a 504 when it took too
/// long (PX-77).
pub fn rewrite(target: impl RewriteTarget) -> Proxied {
    match target.decision() {
        Ok(decision) => Proxied::new(decision),
        Err(mistake) => {
            let mut proxied = next();
            proxied.mistake = Some(mistake);
            proxied
        }
    }
}

/// The client is sent elsewhere for now, 307 (PX-44): a path of the app or a URL, as for
/// [`response::redirect`](crate::response::redirect). The body is the location (PX-45).
///
/// Any [`Redirect`](crate::response::Redirect) becomes a [`Proxied`] by `into()`, for other statuses.
pub fn redirect(location: impl AsRef<str>) -> Proxied {
    crate::response::redirect(location).into()
}

/// The same for good, 308.
pub fn permanent_redirect(location: impl AsRef<str>) -> Proxied {
    crate::response::permanent_redirect(location).into()
}

/// The client is sent elsewhere with GET, 303.
pub fn see_other(location: impl AsRef<str>) -> Proxied {
    crate::response::see_other(location).into()
}

/// This is the answer; no handler runs (PX-42).
///
/// ```
/// use bff::{http::StatusCode, proxy};
///
/// let decided = proxy::respond((StatusCode::SERVICE_UNAVAILABLE, "back soon"));
/// ```
pub fn respond(response: impl IntoResponse) -> Proxied {
    Proxied::new(Decision::Respond(Box::new(response.into_response())))
}
