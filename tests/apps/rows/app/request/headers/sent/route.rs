use bff::{
    Request, Response,
    axum::body::{Body, Bytes},
    get, post,
};

use crate::support::Chunks;

/// Answers `abc` with the headers that the body of the request lists, a line each.
#[post]
async fn create(lines: String) -> Response {
    with_lines(&lines, Body::from("abc"))
}

/// The same from the query, with a body of unknown length.
#[get]
async fn show(request: Request) -> Response {
    with_lines(request.uri().query().unwrap_or(""), Chunks::new(["a", "bc"]).into_body())
}

fn with_lines(lines: &str, body: Body) -> Response {
    let mut response = Response::builder();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(':')) {
        response = response.header(name, Bytes::copy_from_slice(value.trim().as_bytes()).as_ref());
    }
    response.body(body).unwrap_or_else(|_| Response::new(Body::from("no header")))
}
