use bff::{Response, proxy::Next};

#[bff::proxy]
async fn proxy(next: Next) -> Response {
    next.run(bff::Request::default()).await
}
