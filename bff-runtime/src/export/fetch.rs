use axum::{Router, response::Response};
use http::{HeaderMap, StatusCode, header};
use tower::ServiceExt;

use super::{
    Mistake, asking,
    page::{Page, PageKind},
};
use crate::error::failure_of;

/// Asks the app for a page.
///
/// # Errors
/// When the answer cannot be a file: what it is, and what to do.
pub(super) async fn fetch(router: &Router, page: &Page) -> Result<Response, Mistake> {
    let mut response = answer(router, page, &page.path).await?;
    // With `trailing_slash = "require"` the file keeps its name (EX-03).
    let with_slash = format!("{}/", page.path);
    if response.status() == StatusCode::PERMANENT_REDIRECT
        && location(response.headers()) == Some(&with_slash)
    {
        response = answer(router, page, &with_slash).await?;
    }
    judge(page, &response)?;
    Ok(response)
}

async fn answer(router: &Router, page: &Page, path: &str) -> Result<Response, Mistake> {
    let request = asking::request(path)
        .map_err(|reason| Mistake::new(&page.source, reason, "give it a URL that can be sent"))?;
    let Ok(response) = router.clone().oneshot(request).await;
    Ok(response)
}

fn judge(page: &Page, response: &Response) -> Result<(), Mistake> {
    let (path, status, headers) = (&page.path, response.status(), response.headers());
    let refused =
        |message: String, help: &str| Err(Mistake::new(&page.source, message, help.to_owned()));
    if let Some(failure) = failure_of(response) {
        return refused(
            format!("`{path}` failed: {:?}", failure.error()),
            "the handler has to answer before anybody asks; see the log for more",
        );
    }
    if status.is_redirection() {
        let to = location(headers).unwrap_or("nowhere");
        return refused(
            format!(
                "`{path}` answers {}, a redirect to `{to}`, and a file cannot",
                status.as_u16()
            ),
            "write it as `[[redirects]]` in `bff.toml`, and remove what it redirects",
        );
    }
    if !status.is_success() {
        let help = match page.kind {
            PageKind::Listed(function) => format!("answer it, or let `{function}` leave it out"),
            PageKind::Route => "answer it, or export the app without it".to_owned(),
            PageKind::Public => "see what `bff.toml` does with this path".to_owned(),
        };
        return refused(format!("`{path}` answers {status}"), &help);
    }
    if headers.contains_key(header::SET_COOKIE) {
        return refused(
            format!("`{path}` sets a cookie, which everybody would be given"),
            "set cookies in a handler that runs for each request",
        );
    }
    let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
    if kind.starts_with(b"text/event-stream") {
        return refused(
            format!("`{path}` sends events as they come, and a file has an end"),
            "let a server answer it",
        );
    }
    Ok(())
}

fn location(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::LOCATION)?.to_str().ok()
}
