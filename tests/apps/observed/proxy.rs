use bff::{
    Error, Request, RequestExt,
    proxy::{self, Proxied},
};

#[bff::proxy(matcher = ["/proxied", "/failing", "/healthz", "/readyz"])]
async fn proxy(request: Request) -> bff::Result<Proxied> {
    match request.url().query().get("proxy").as_deref() {
        Some("fails") => Err(Error::msg("the proxy failed")),
        Some("panics") => panic!("the proxy panicked"),
        Some("asks too much") => Ok(proxy::next().response_header("x-a", "a\r\nb: c")),
        _ => Ok(proxy::next()),
    }
}
