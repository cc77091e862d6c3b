use bff::{
    Response, ResponseExt, Result, get, put,
    response::{Etag, Preconditions, json, no_content},
};

#[get]
async fn show() -> Response {
    json("x".repeat(2000)).with_body_etag()
}

#[put]
async fn change(preconditions: Preconditions) -> Result<Response> {
    preconditions.require()?;
    preconditions.check(&Etag::of(format!("{:?}", "x".repeat(2000))))?;
    Ok(no_content())
}
