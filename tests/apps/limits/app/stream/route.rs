use bff::{Request, Result, post};
use http_body_util::BodyExt;

#[post]
async fn read(request: Request) -> Result<String> {
    let body = request.into_body().collect().await;
    Ok(body.map_or_else(|_| "too much".to_owned(), |body| body.to_bytes().len().to_string()))
}
