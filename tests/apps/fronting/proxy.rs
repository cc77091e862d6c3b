use bff::{
    Request, RequestExt, State,
    cookies::Cookie,
    http::HeaderMap,
    proxy::{self, Proxied},
    upstream::segment,
};

use super::Fronting;

/// In front of an old server, which answers what the app does not. The query says how to send it on: `?do=…`.
#[bff::proxy(exclude = "/own")]
async fn proxy(request: Request, State(app): State<Fronting>) -> bff::Result<Proxied> {
    let old = &app.old;
    let url = request.url();
    let query = url.query();
    Ok(match query.get("do").as_deref().unwrap_or("") {
        "only" => {
            let mut only = HeaderMap::new();
            only.insert("x-only", "1".parse()?);
            proxy::rewrite(old)
                .request_headers(only)
                .response_header("x-res", "proxy")
                .response_header("x-up", "proxy")
                .cookie(Cookie::new("by", "proxy")?)
        }
        "edit" => proxy::rewrite(old)
            .request_header("x-from-proxy", "yes")
            .remove_request_header("x-remove-me")
            .override_response_header("x-up", "proxy")
            .append_response_header("set-cookie", "raw=1"),
        "credentials" => proxy::rewrite(old.passage().without_credentials()),
        "some" => proxy::rewrite(old.passage().only_headers(["x-a"])),
        "strip" => proxy::rewrite(old.passage().strip_prefix("/shop").query("tenant", "a&b")),
        "path" => {
            let to = query.get("to").unwrap_or_default();
            proxy::rewrite(old.passage().path(format!("/items/{}", segment(&to))))
        }
        "climb" => proxy::rewrite(old.passage().path(query.get("to").unwrap_or_default())),
        // What nobody should write: a text of the client as a target.
        "user" => proxy::rewrite(query.get("to").unwrap_or_default()),
        "redirect" => proxy::redirect(url.join(&query.get("to").unwrap_or_default())?),
        "gone" => proxy::rewrite(&app.gone).response_header("x-res", "proxy"),
        "self" => proxy::rewrite(app.itself.get().unwrap_or(old)),
        _ => proxy::rewrite(old),
    })
}
