use bff::{Request, RequestExt, route};

#[route(GET, POST)]
async fn show(id: u32, request: Request) -> bff::Result<String> {
    let (uri, sent) = (request.uri().to_string(), request.url().path().to_owned());
    let body = request.text().await?;
    Ok(format!("{id} {uri} {sent} {body}"))
}
