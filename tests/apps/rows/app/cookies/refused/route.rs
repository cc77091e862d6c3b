//! An argument that is refused after another one has set a cookie.
use std::convert::Infallible;

use bff::{
    Json,
    axum::{Extension, extract::FromRequestParts},
    cookies::Cookies,
    get,
    http::request::Parts,
    post,
};

/// An extractor that leaves a trace, as one for sessions does.
struct Visit;

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        if let Ok(cookies) = Cookies::from_request_parts(parts, state).await {
            cookies.set_value("visit", "1").expect("a cookie");
        }
        Ok(Self)
    }
}

#[post]
async fn create(_: Visit, Json(number): Json<u8>) -> String {
    number.to_string()
}

/// Nobody has put this extension in: a mistake of the program.
#[get]
async fn missing(_: Visit, _: Extension<u8>) -> &'static str {
    "never"
}
