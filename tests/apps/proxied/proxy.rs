use std::sync::atomic::Ordering;

use bff::{
    Json, Request, RequestExt, State,
    cookies::{Cookie, Cookies},
    http::{HeaderMap, Method, StatusCode},
    proxy::{self, Proxied},
    response::Redirect,
};

use super::Proxying;
use crate::support::{Chunks, Events};

/// Tells when the proxy is dropped in the middle.
struct Told(Events);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.tell("dropped");
    }
}

/// The query says what to do: `?do=…`.
#[bff::proxy(matcher = ["/echo/:path*", "/admin/:path*", "/missing", "/fail", "/items/:id"], exclude = "/admin/open")]
async fn proxy(
    request: Request,
    cookies: Cookies,
    State(app): State<Proxying>,
) -> bff::Result<Proxied> {
    app.runs.fetch_add(1, Ordering::SeqCst);
    let url = request.url();
    let query = url.query();
    let to = query.get("to").unwrap_or_default().into_owned();
    Ok(match query.get("do").as_deref().unwrap_or("") {
        "header" => proxy::next()
            .request_header("x-from-proxy", "yes")
            .remove_request_header("x-remove-me")
            .response_header("x-res", "proxy")
            .response_header("x-same", "proxy")
            .response_header("vary", "x-proxy"),
        "override" => proxy::next().override_response_header("x-same", "proxy"),
        "clear" => proxy::next().request_headers(HeaderMap::new()),
        "framing" => proxy::next().request_header("content-length", "3"),
        "bad-header" => proxy::next().response_header("x-a", "secret\r\nx-b: c"),
        "cookie" => {
            proxy::next().cookie(Cookie::new("set", "by proxy")?).cookie(Cookie::new("old", "new")?)
        }
        "rewrite" => proxy::rewrite("/items/9?y=2").response_header("x-res", "proxy"),
        "rewrite-self" => proxy::rewrite("/echo?again=1"),
        "rewrite-missing" => proxy::rewrite("/nowhere"),
        "rewrite-away" => proxy::rewrite("//secret.example/x"),
        "rewrite-dots" => proxy::rewrite("/a/../items/5"),
        "redirect" => proxy::redirect("/echo?x=1")
            .cookie(Cookie::new("a", "1")?)
            .cookie(Cookie::new("b", "2")?)
            .response_header("x-res", "proxy"),
        "redirect-own" => proxy::redirect(url.join("/echo")?),
        "redirect-away" => Redirect::found("https://example.com/a b?q=1#h").into(),
        "redirect-permanent" => proxy::permanent_redirect("/echo"),
        "none" => proxy::respond(StatusCode::NO_CONTENT),
        "empty" => proxy::respond(()),
        "json" => {
            proxy::respond((StatusCode::UNAUTHORIZED, Json(serde_json::json!({ "error": "no" }))))
        }
        "stream" => proxy::respond(Chunks::new(["one", "two", "three"]).into_body()),
        "created" => proxy::respond((StatusCode::CREATED, [("location", "items/9")], "created")),
        "type" => proxy::next().response_header("content-type", "text/plain"),
        "type-override" => proxy::next().override_response_header("content-type", "text/plain"),
        "raw-cookie" => proxy::next().append_response_header("set-cookie", "raw=1; Path=/"),
        // The recipe of PX-97: one origin may ask.
        "cors" => {
            let origin = request.headers().get("origin").filter(|it| *it == "https://ours.example");
            let decided = match *request.method() {
                Method::OPTIONS if origin.is_some() => proxy::respond(StatusCode::NO_CONTENT)
                    .response_header("access-control-allow-methods", "GET, POST"),
                _ => proxy::next(),
            };
            match origin.cloned() {
                Some(origin) => decided
                    .response_header("access-control-allow-origin", origin)
                    .response_header("vary", "origin"),
                None => decided,
            }
        }
        // A text of the client goes wherever a text can be put.
        "header-value" => proxy::next().response_header("x-a", to),
        "header-name" => proxy::next().response_header(to, "x"),
        "header-appended" => proxy::next().append_response_header("x-a", to),
        "header-overridden" => proxy::next().override_response_header("x-a", to),
        "request-header" => proxy::next().request_header("x-a", to),
        "cookie-value" => proxy::next().cookie(Cookie::new("a", to)?),
        "cookie-name" => proxy::next().cookie(Cookie::new(to, "a")?),
        "redirect-to" => proxy::redirect(to),
        "rewrite-to" => proxy::rewrite(to),
        "delete" => {
            cookies.delete("old");
            proxy::next()
        }
        "mutate" => {
            // A copy of the head: what is done to it is not said (PX-20).
            let mut copy = request;
            copy.headers_mut().insert("x-mutated", "1".parse()?);
            copy.headers_mut().remove("x-stays");
            proxy::next()
        }
        "after" => {
            let (one, two) = (app.events.clone(), app.events.clone());
            bff::after(async move {
                one.tell("started");
                panic!("secret")
            });
            bff::after(async move { two.tell("went on") });
            proxy::next()
        }
        "after-gated" => {
            let (events, go_on) = (app.events.clone(), app.go_on.clone());
            bff::after(async move {
                events.tell("started");
                go_on.notified().await;
                events.tell("done");
            });
            proxy::next()
        }
        "wait" => {
            app.events.tell("begun");
            let _guard = Told(app.events.clone());
            std::future::pending().await
        }
        "respond" => proxy::respond((StatusCode::IM_A_TEAPOT, [("x-a", "1")], "hello body")),
        "refuse" => return Err(bff::response::unauthorized()),
        "error" => return Err(std::io::Error::other("secret").into()),
        "panic" => panic!("secret"),
        // The anti-pattern of CVE-2025-57822: the client's headers go into the response.
        "reflect" => request
            .headers()
            .iter()
            .filter(|(name, _)| *name == "location" || name.as_str().starts_with("x-"))
            .fold(proxy::next(), |next, (name, value)| next.response_header(name, value)),
        _ if url.path().starts_with("/admin") => proxy::respond(StatusCode::FORBIDDEN),
        _ => proxy::next(),
    })
}
