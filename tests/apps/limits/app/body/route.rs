use bff::{Request, RequestExt, Result, post};

#[post]
async fn read(request: Request) -> Result<String> {
    Ok(request.bytes().await?.len().to_string())
}
