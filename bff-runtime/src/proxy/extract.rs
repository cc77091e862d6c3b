use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use http::request::Parts;

use super::Proxied;

/// An argument of a proxy that decides first: the head of the request as a whole, or any axum
/// [`FromRequestParts`].
#[diagnostic::on_unimplemented(
    message = "a proxy that decides first cannot take `{Self}`",
    label = "takes the body, or is no extractor of an app with state `{S}`",
    note = "it takes the head of the request: `bff::Request`, whose body is empty, or extractors that need no body",
    note = "with `next: bff::proxy::Next` as its last argument, a proxy has the whole request, body included"
)]
pub trait FromHead<S, M>: Sized {
    /// Extracts it; a refusal is already a response.
    fn from_head(
        parts: &mut Parts,
        state: &S,
    ) -> impl Future<Output = Result<Self, Response>> + Send;
}

/// Tells an extractor from the request.
#[derive(Debug)]
pub struct ViaParts;

/// Tells the request from an extractor.
#[derive(Debug)]
pub struct ViaHead;

#[diagnostic::do_not_recommend]
impl<T, S> FromHead<S, ViaParts> for T
where
    T: FromRequestParts<S>,
    S: Send + Sync,
{
    async fn from_head(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        T::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sync> FromHead<S, ViaHead> for Request {
    async fn from_head(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        Ok(Self::from_parts(parts.clone(), Body::empty()))
    }
}

/// [`FromHead::from_head`], called in a way that rustc complains about once.
pub fn from_head<'a, T: FromHead<S, M>, S, M>(
    parts: &'a mut Parts,
    state: &'a S,
) -> impl Future<Output = Result<T, Response>> + Send {
    T::from_head(parts, state)
}

/// What a proxy that decides first may return.
#[diagnostic::on_unimplemented(
    message = "a proxy cannot return `{Self}`",
    label = "neither a `Proxied` nor a `Result` of one",
    note = "return `bff::proxy::next()`, `rewrite(…)`, `redirect(…)` or `respond(…)`, or `bff::Result<Proxied>`",
    note = "with `next: bff::proxy::Next` as its last argument, a proxy returns the response"
)]
pub trait IntoProxied {
    /// The decision, or the answer to an error.
    #[expect(clippy::result_large_err, reason = "the error is the response, moved once")]
    fn into_proxied(self) -> Result<Proxied, Response>;
}

impl IntoProxied for Proxied {
    fn into_proxied(self) -> Result<Proxied, Response> {
        Ok(self)
    }
}

impl<E: IntoResponse> IntoProxied for Result<Proxied, E> {
    fn into_proxied(self) -> Result<Proxied, Response> {
        self.map_err(IntoResponse::into_response)
    }
}
