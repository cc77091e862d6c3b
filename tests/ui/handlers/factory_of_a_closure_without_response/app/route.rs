use bff::{Handler, Request, get};

#[get]
fn index() -> impl Handler {
    |request: Request| async move { request.uri().path().len() }
}
