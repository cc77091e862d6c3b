//! Cookies as arguments, and as a part of what a handler returns.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, IntoResponseParts, Response, ResponseParts},
};
use http::{StatusCode, header, request::Parts};

use super::{Cookie, Cookies};
use crate::{error::Problem, scope};

impl<S: Send + Sync> FromRequestParts<S> for Cookies {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(scope) = scope::current() else {
            // Reading would work, but what is set would be lost without a word.
            tracing::error!(
                uri = parts.uri.path(),
                "`Cookies` was extracted outside of a handler of the app folder, where nothing sends what is set; \
                 read with `Cookies::from_headers` there, and set with `ResponseCookiesExt`"
            );
            return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR));
        };
        Ok(scope.cookies.get_or_init(|| Self::from_headers(&parts.headers)).clone())
    }
}

/// In a tuple, as in `(cookie, Json(post))`: one more `Set-Cookie` line.
impl IntoResponseParts for Cookie {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.headers_mut().append(header::SET_COOKIE, self.to_header_value());
        Ok(parts)
    }
}

/// An empty response with this cookie.
impl IntoResponse for Cookie {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}
