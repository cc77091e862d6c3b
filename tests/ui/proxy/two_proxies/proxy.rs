use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}

#[bff::proxy]
async fn other(_request: Request) -> Proxied {
    proxy::next()
}
