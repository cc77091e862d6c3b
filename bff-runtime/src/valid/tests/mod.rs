mod extracting;
mod names;
#[cfg(feature = "garde")]
mod with_garde;
#[cfg(feature = "validator")]
mod with_validator;

use axum::{
    body::Body,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use serde_json::Value;

use super::{Failures, Own, Rules};

/// Pointer and code of everything that the rules find.
fn found<By: Rules<T, ()>, T>(value: &T) -> Vec<(String, String)> {
    let mut failures = Failures::new();
    By::check(value, &(), &mut failures);
    failures.iter().map(|failure| (failure.pointer().into(), failure.code().into())).collect()
}

fn owned<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).into()
}

fn request(content_type: &str, body: impl Into<Body>) -> Request {
    let builder = http::Request::post("/").header("content-type", content_type);
    builder.body(body.into()).unwrap()
}

/// What `E` makes of a request: the value, or the problem.
async fn extracted<E: FromRequest<(), M>, M>(request: Request) -> Result<E, Value>
where
    E::Rejection: IntoResponse,
{
    match E::from_request(request, &()).await {
        Ok(extracted) => Ok(extracted),
        Err(rejection) => Err(problem(rejection.into_response()).await),
    }
}

async fn problem(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&body).unwrap()
}
