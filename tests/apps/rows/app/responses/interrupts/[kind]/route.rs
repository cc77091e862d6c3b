use bff::{
    Result, get,
    http::StatusCode,
    response::{forbidden, not_found, problem, unauthorized},
};

#[get]
async fn fail(kind: String) -> Result {
    Err(match &*kind {
        "not-found" => not_found(),
        "forbidden" => forbidden().detail("not your post"),
        "unauthorized" => unauthorized(),
        "challenged" => unauthorized().challenge("Bearer realm=\"api\""),
        _ => problem(StatusCode::GONE).detail("the post was deleted").into(),
    })
}
