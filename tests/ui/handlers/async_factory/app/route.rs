use bff::{Handler, Request, get};

#[get]
async fn index() -> impl Handler {
    |request: Request| async move { request.uri().to_string() }
}
