use std::{future::pending, time::Duration};

use bff::{
    Error, Problem, Result, ResponseExt, delete, get,
    http::StatusCode,
    patch, post, put,
    response::{Etag, text},
    route,
};

#[get(invalid_param = 400)]
async fn show(id: u64) -> Result<impl bff::IntoResponse> {
    match id {
        0 => Err(Problem::new(StatusCode::NOT_FOUND).into()),
        id => Ok(text(id.to_string()).with_etag(Etag::strong("one"))),
    }
}

#[post(body_limit = "4B")]
async fn keep(body: String) -> String {
    body
}

#[put]
async fn one_too_many() -> Result<()> {
    Err(Error::from(Problem::new(StatusCode::TOO_MANY_REQUESTS)))
}

#[patch(timeout = "20ms")]
async fn never() {
    pending::<Duration>().await;
}

#[route("FAIL")]
async fn fail() {
    panic!("on purpose");
}

#[delete(cors = "none")]
async fn remove() {}
