use bff::{
    IntoResponse, Query, Response, api,
    http::{StatusCode, header},
    response::redirect,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct How {
    found: Option<String>,
}

#[api]
async fn moved(Query(how): Query<How>) -> Response {
    match how.found {
        Some(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        None => redirect("/x").into_response(),
    }
}
