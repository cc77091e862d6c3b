use bff::{
    Request, RequestExt, Response, get,
    response::{ResponseExt, html, html_escape, text},
};

use crate::{STEPS, markdown};

/// `Vary` tells caches that the answer depends on what was asked for. No browser names Markdown, and who names it
/// wants it, so there is nothing to weigh.
#[get]
async fn guide(request: Request) -> Response {
    let response = match request.header("accept") {
        Some(accept) if accept.contains("text/markdown") => {
            text(markdown()).with_content_type("text/markdown; charset=utf-8")
        }
        _ => {
            let steps = STEPS.iter().map(|step| format!("<li>{}", html_escape(step)));
            html(format!("<h1>Guide</h1><ol>{}</ol>", steps.collect::<String>()))
        }
    };
    response.with_appended_header("vary", "accept")
}
