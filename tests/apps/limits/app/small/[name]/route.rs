use bff::{Request, RequestExt, Result, http::HeaderName, post, put};

#[post]
async fn read(request: Request) -> Result<([(HeaderName, &'static str); 1], String)> {
    let length = request.bytes().await?.len();
    Ok(([(HeaderName::from_static("x-own"), "handler")], length.to_string()))
}

#[put(body_limit = "30B")]
async fn read_more(request: Request) -> Result<String> {
    Ok(request.bytes().await?.len().to_string())
}
