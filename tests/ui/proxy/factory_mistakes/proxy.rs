use bff::{Request, proxy::Proxy};

#[bff::proxy]
async fn proxy() -> impl Proxy {
    |_: Request, next: bff::proxy::Next| next.run(Request::default())
}
