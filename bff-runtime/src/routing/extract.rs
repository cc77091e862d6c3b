use std::marker::PhantomData;

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Extension, FromRef, FromRequest, FromRequestParts, OriginalUri, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, Uri, Version, request::Parts};

use crate::{
    cookies::Cookies,
    draft::Draft,
    pages::{self, Reply},
    request::{Cancellation, ClientIp, FormData, Multipart, PublicOrigin, Url, UserAgent},
    request_id::RequestId,
    server_timing::ServerTiming,
    session::{Session, Sessions},
    valid::{Around, Valid},
    webhook::Webhook,
};

/// An argument of a handler that needs no body: any axum [`FromRequestParts`].
///
/// A trait of our own so that a wrong argument is explained in the words of a route file.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a param of this route nor an extractor that can stand before the last argument",
    label = "takes the body, or is no extractor of an app with state `{S}`",
    note = "only the last argument can take the body, as `Json<T>`, `Form<T>`, `Bytes` and `String` do",
    note = "a param has the name of a `[folder]` in the path of this file",
    note = "in a `Valid<Query<T>>` or `Valid<Path<T>>`, `T` has rules: `#[derive(serde::Deserialize, garde::Validate)]`",
    note = "any other argument implements `FromRequestParts`; `State<T>` needs `bff::app!(state = T)`, or `T: FromRef` of that state, and `T: Clone`"
)]
pub trait FromParts<S>: Sized {
    /// Extracts it; a refusal is already a response.
    fn from_parts(
        parts: &mut Parts,
        state: &S,
    ) -> impl Future<Output = Result<Self, Response>> + Send;
}

#[diagnostic::do_not_recommend]
impl<T, S> FromParts<S> for T
where
    T: FromRequestParts<S>,
    S: Send + Sync,
{
    async fn from_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        T::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)
    }
}

/// [`FromParts::from_parts`], called in a way that rustc complains about once when `T` is no extractor.
pub fn from_parts<'a, T: FromParts<S>, S>(
    parts: &'a mut Parts,
    state: &'a S,
) -> impl Future<Output = Result<T, Response>> + Send {
    T::from_parts(parts, state)
}

/// The last argument of a handler, which may take the body: any axum [`FromRequest`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a param of this route nor an extractor",
    label = "no extractor of an app with state `{S}`",
    note = "a param has the name of a `[folder]` in the path of this file",
    note = "an extractor implements `FromRequestParts` or `FromRequest`; `Json<T>`, `Form<T>` and `Query<T>` need `T: serde::Deserialize`",
    note = "in a `Valid<Json<T>>`, `T` also has rules: `#[derive(serde::Deserialize, garde::Validate)]`",
    note = "`State<T>` needs `bff::app!(state = T)`, or `T: FromRef` of that state, and `T: Clone`"
)]
pub trait FromRequestBody<S, M>: Sized {
    /// Extracts it; a refusal is already a response.
    fn from_body(
        parts: Parts,
        body: Body,
        state: &S,
    ) -> impl Future<Output = Result<Self, Response>> + Send;
}

#[diagnostic::do_not_recommend]
impl<T, S, M> FromRequestBody<S, M> for T
where
    T: FromRequest<S, M>,
    S: Send + Sync,
{
    async fn from_body(parts: Parts, body: Body, state: &S) -> Result<Self, Response> {
        T::from_request(http::Request::from_parts(parts, body), state)
            .await
            .map_err(IntoResponse::into_response)
    }
}

/// [`FromRequestBody::from_body`], called in a way that rustc complains about once when `T` is no extractor.
pub fn from_body<T: FromRequestBody<S, M>, S, M>(
    parts: Parts,
    body: Body,
    state: &S,
) -> impl Future<Output = Result<T, Response>> + Send {
    T::from_body(parts, body, state)
}

/// An argument of a factory.
#[diagnostic::on_unimplemented(
    message = "a factory cannot take `{Self}`",
    label = "a factory takes `State<T>` only, because no request exists when it runs",
    note = "`State<T>` needs `bff::app!(state = T)`, or `T: FromRef` of that state, and `T: Clone`"
)]
pub trait FromState<S> {
    /// Takes it out of the app's state.
    fn from_state(state: &S) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: FromRef<S>, S> FromState<S> for State<T> {
    fn from_state(state: &S) -> Self {
        Self(T::from_ref(state))
    }
}

/// What a handler may return: any axum [`IntoResponse`].
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "not a response",
    note = "return something that implements `IntoResponse`: a string, `Json<T>` with `T: serde::Serialize`, a `StatusCode`, a `Response`, or `bff::Result` of one of these"
)]
pub trait IntoReply {
    /// The response.
    fn into_reply(self) -> Response;
}

#[diagnostic::do_not_recommend]
impl<T: IntoResponse> IntoReply for T {
    fn into_reply(self) -> Response {
        self.into_response()
    }
}

/// Tells at compile time whether an extractor may look at what only axum's own router knows, its params and
/// its `MatchedPath`.
///
/// `Probe::<T>::NEEDS_AXUM` finds the inherent constant for the types named below, and that of [`NeedsAxum`],
/// which is true, for every other type. So an unknown extractor always finds what axum would have given it, and
/// a handler with known ones does not pay for it.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

/// The answer of a [`Probe`] for types that it does not know.
pub trait NeedsAxum {
    /// The safe answer.
    const NEEDS_AXUM: bool = true;
}

impl<T> NeedsAxum for Probe<T> {}

macro_rules! independent {
    ([$($of:ty),*] [$($plain:ty),*]) => {
        $(impl<T> Probe<$of> {
            #[doc(hidden)]
            pub const NEEDS_AXUM: bool = false;
        })*
        $(impl Probe<$plain> {
            #[doc(hidden)]
            pub const NEEDS_AXUM: bool = false;
        })*
    };
}

independent! {
    [
        State<T>, axum::Form<T>, Extension<T>, ConnectInfo<T>, axum::Json<T>, axum::extract::Query<T>,
        crate::Form<T>, crate::Json<T>, crate::Query<T>, Multipart<T>
    ]
    [
        OriginalUri, HeaderMap, Method, Uri, Version, Bytes, String, Body,
        Cancellation, ClientIp, Cookies, Draft, FormData, PublicOrigin, Reply,
        RequestId, ServerTiming, Session, Sessions, Url, UserAgent
    ]
}

#[cfg(feature = "jwt")]
independent! {
    [crate::jwt::Bearer<T>]
    []
}

#[cfg(feature = "ws")]
independent! {
    []
    [crate::ws::WebSocketUpgrade, axum::extract::ws::WebSocketUpgrade]
}

/// Not `Valid<Path<T>>`, which asks axum.
macro_rules! independent_and_valid {
    ($($extractor:ty),*) => {
        $(impl<T, By: Around> Probe<Valid<$extractor, By>> {
            #[doc(hidden)]
            pub const NEEDS_AXUM: bool = false;
        })*
    };
}

independent_and_valid!(crate::Form<T>, crate::Json<T>, crate::Query<T>, Multipart<T>);

impl<P, T> Probe<Webhook<P, T>> {
    #[doc(hidden)]
    pub const NEEDS_AXUM: bool = false;
}

impl<const LIMIT: usize> Probe<pages::Body<LIMIT>> {
    #[doc(hidden)]
    pub const NEEDS_AXUM: bool = false;
}
