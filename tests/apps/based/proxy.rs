use bff::{
    Request, RequestExt,
    proxy::{self, Proxied},
};

/// Does what the query asks for; the app does not say where it stands.
#[bff::proxy(matcher = "/:path*")]
async fn proxy(request: Request) -> Proxied {
    match request.url().query().get("do").as_deref() {
        Some("redirect") => proxy::redirect("/about/"),
        Some("join") => match request.url().join("/about/") {
            Ok(url) => proxy::redirect(url),
            Err(error) => proxy::respond(error),
        },
        Some("rewrite") => proxy::rewrite("/api/echo"),
        Some("rewrite-base") => proxy::rewrite("/docs/api/echo"),
        _ => proxy::next().response_header("x-proxy", "ran"),
    }
}
