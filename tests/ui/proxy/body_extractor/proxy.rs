use bff::proxy::{self, Proxied};

#[bff::proxy]
async fn proxy(_body: String) -> Proxied {
    proxy::next()
}
