use bff::{OptionExt, Problem, Result, get, http::StatusCode, post, put, response};

#[get]
async fn show() -> Result<&'static str> {
    None.or_404("no such post")
}

#[post]
async fn create() -> Problem {
    Problem::new(StatusCode::CONFLICT)
        .kind("https://example.com/problems/stale")
        .title("Stale")
        .detail("the post was changed in the meantime")
        .instance("/results/problem#1")
        .with("version", 7)
}

#[put]
async fn replace() -> Result<&'static str> {
    Err(response::forbidden())
}
