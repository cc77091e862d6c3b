use bff::{Request, RequestExt, Result, route};

#[route(GET, POST, PUT, PATCH, DELETE)]
async fn echo(request: Request) -> Result<String> {
    request.text().await
}
