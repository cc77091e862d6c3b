use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy(matcher = [])]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
