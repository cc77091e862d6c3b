use bff::{
    Request,
    proxy::{self, Proxied},
};

const PATHS: &str = "/a";

#[bff::proxy(matcher = [PATH, crate::paths::API, OTHER])]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
