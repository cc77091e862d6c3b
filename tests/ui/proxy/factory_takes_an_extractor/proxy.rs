use bff::{
    Request,
    http::HeaderMap,
    proxy::{Next, Proxy},
};

#[bff::proxy]
fn proxy(_headers: HeaderMap) -> impl Proxy {
    |request: Request, next: Next| next.run(request)
}
