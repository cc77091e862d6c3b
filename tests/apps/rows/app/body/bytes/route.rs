use bff::{Request, RequestExt, Result, post};

#[post]
async fn count(request: Request) -> Result<String> {
    let encoding = request.headers().get("content-encoding").cloned();
    let bytes = request.bytes().await?;
    Ok(format!("{} bytes, {encoding:?}, {:02x?}", bytes.len(), bytes.get(..2).unwrap_or_default()))
}
