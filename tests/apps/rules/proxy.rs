use bff::{
    Request, RequestExt,
    cookies::Cookie,
    proxy::{self, Proxied},
};

/// Does what the query asks for.
#[bff::proxy(matcher = "/by-proxy/:path*")]
async fn proxy(request: Request) -> bff::Result<Proxied> {
    let url = request.url();
    let query = url.query();
    let decided = match query.get("do").as_deref() {
        Some("rewrite") => proxy::rewrite(query.get("to").unwrap_or_default()),
        Some("redirect") => proxy::redirect("/rw"),
        Some("fail") => return Err(bff::Error::msg("a secret")),
        _ => proxy::next(),
    };
    Ok(decided.response_header("x-by", "proxy").cookie(Cookie::new("proxy", "1")?))
}
