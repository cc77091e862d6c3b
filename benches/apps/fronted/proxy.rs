//! The proxy of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.

use bff::proxy::{self, Proxied};

#[bff::proxy(matcher = ["/dashboard/:path*", "/account"])]
async fn proxy() -> Proxied {
    proxy::next()
}
