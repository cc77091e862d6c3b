use bff::{Request, RequestExt, Response, get, response::ResponseExt};

#[get]
async fn show(request: Request) -> Response {
    let seen = format!("echo {} {}", request.uri(), request.url().href());
    seen.with_header("x-same", "handler")
        .with_header("set-cookie", "h=1")
        .with_header("vary", "accept")
}
