use bff::{
    Request,
    proxy::{self, Proxy},
};

#[bff::proxy]
fn proxy() -> impl Proxy {
    |_request: Request| async { proxy::next() }
}
