use bff::{Request, RequestExt, Result, get, post, response::Redirect};

use super::app;

/// Paths of the app, as clients know them.
#[get]
async fn show(id: u32, request: Request) -> Result<String> {
    let url = request.url();
    let path = app::items::id::path(id + 1);
    Ok(format!("{id} {} {path} {}", url.href(), url.join(&path)?.href()))
}

#[post]
async fn next(id: u32) -> Redirect {
    bff::response::see_other(app::items::id::path(id + 1))
}
