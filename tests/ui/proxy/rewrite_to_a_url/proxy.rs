use bff::{
    Request,
    http::Uri,
    proxy::{self, Proxied},
};

#[bff::proxy]
async fn proxy(request: Request) -> Proxied {
    let to: Option<Uri> = request.headers().get("x-to").and_then(|to| to.to_str().ok()?.parse().ok());
    proxy::rewrite(to.unwrap_or_default())
}
