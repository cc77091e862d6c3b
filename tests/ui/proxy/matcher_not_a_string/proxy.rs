use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy(matcher = [7, ["/a"], format!("/{}", "a")])]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
