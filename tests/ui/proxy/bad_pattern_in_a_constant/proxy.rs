use bff::{
    Request,
    proxy::{self, Proxied},
};

const BASE: &str = "/v1/:";

#[bff::proxy(matcher = [BASE, concat!("/a", "/*")])]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
