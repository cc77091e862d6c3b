use bff::{Request, RequestExt, route};

/// Says what it was asked, and by which URL.
#[route(GET, POST)]
async fn show(request: Request) -> bff::Result<String> {
    let (uri, url) = (request.uri().to_string(), request.url().path().to_owned());
    Ok(format!("rw {uri} {url} {}", request.text().await?))
}
