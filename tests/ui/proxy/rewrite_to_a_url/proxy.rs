use bff::{
    Request, RequestExt,
    proxy::{self, Proxied},
};

#[bff::proxy]
async fn proxy(request: Request) -> Proxied {
    proxy::rewrite(request.url())
}
