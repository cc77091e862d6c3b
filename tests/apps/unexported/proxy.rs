use bff::proxy::{self, Proxied};

/// Nobody gets anything without a cookie.
#[bff::proxy]
async fn proxy() -> Proxied {
    proxy::redirect("/login")
}
