use bff::{
    Request, RequestExt,
    http::StatusCode,
    proxy::{self, Proxied},
};

#[bff::proxy(matcher = ["/guarded/:path*", "/rewritten", "/named"])]
async fn proxy(request: Request) -> bff::Result<Proxied> {
    Ok(match request.url().path() {
        "/rewritten" => proxy::rewrite("/a.txt"),
        "/named" => proxy::next().response_header("x-by", "proxy"),
        _ => proxy::respond(StatusCode::FORBIDDEN),
    })
}
