use std::{future::pending, time::Duration};

use bff::{
    Problem, ResponseExt, Result, delete, get,
    http::{StatusCode, request::Parts},
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

#[put(rate_limit = "1/day by fn everybody")]
async fn once() {}

fn everybody(_: &Parts) -> Option<String> {
    Some(String::new())
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
