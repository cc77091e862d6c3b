use bff::{
    Request, RequestExt, Response, ResponseExt, get,
    response::{html, html_escape, text},
};

#[get]
async fn page(slug: String, request: Request) -> Response {
    let markdown = request.header("accept").is_some_and(|accept| accept.contains("text/markdown"));
    let response = if markdown {
        text(format!("# {slug}\n")).with_content_type("text/markdown; charset=utf-8")
    } else {
        html(format!("<h1>{}</h1>\n", html_escape(&slug)))
    };
    // Or a cache gives one client what another one asked for.
    response.with_header("vary", "accept")
}
