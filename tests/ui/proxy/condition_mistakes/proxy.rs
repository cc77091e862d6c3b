use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy(matcher = [
    { source = "/a", hass = [] },
    { source = "/b", has = [{ type = "headers", key = "x-a" }] },
    { source = "/c", has = [{ type = "header", key = "x-a", value = "v(" }] },
    { source = "/d", missing = [{ type = "host" }] },
    { has = [{ type = "cookie", key = "a" }] },
])]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
