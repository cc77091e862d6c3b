use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy(macher = "/a")]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
