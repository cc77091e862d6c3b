use std::panic::panic_any;

use bff::{
    axum::extract::FromRequestParts,
    get,
    http::{StatusCode, request::Parts},
    post,
};

#[get]
async fn show(how: String) -> &'static str {
    match &*how {
        "text" => panic!("secret text"),
        "formatted" => panic!("secret {how}"),
        "value" => panic_any(42_u8),
        "late" => {
            tokio::task::yield_now().await;
            panic!("secret, later");
        }
        "arithmetic" => {
            let none: Vec<u8> = Vec::new();
            let index = how.len();
            let _ = none[index];
            "unreachable"
        }
        _ => "no panic",
    }
}

/// The panic is in an extractor, before the handler.
#[post]
async fn create(_: Explosive) -> &'static str {
    "unreachable"
}

struct Explosive;

impl<S: Sync> FromRequestParts<S> for Explosive {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        panic!("secret extractor")
    }
}
