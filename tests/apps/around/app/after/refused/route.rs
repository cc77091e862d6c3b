use std::convert::Infallible;

use bff::{
    Json, after,
    axum::extract::{FromRef, FromRequestParts},
    http::request::Parts,
    post,
};

use crate::apps::around::Around;

/// The second argument may be refused when the first has registered work.
#[post]
async fn create(_: Registered, Json(number): Json<u8>) -> String {
    number.to_string()
}

struct Registered;

impl<S: Sync> FromRequestParts<S> for Registered
where
    Around: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Infallible> {
        after(Around::from_ref(state).work("done"));
        Ok(Self)
    }
}
