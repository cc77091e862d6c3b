use bff::{
    Request,
    proxy::{self, Proxied},
};

/// Each mistake is shown at its character, whatever the literal is written with.
#[bff::proxy(
    matcher = ["about", "/post/:id(\\d+)/:", r"/post/:id(\d+)/*"],
    exclude = "/\u{e9}/(public",
)]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
