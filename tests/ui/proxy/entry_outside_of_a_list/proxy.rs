use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy(matcher = { source = "/a", has = [{ type = "query", key = "a" }] })]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
