use bff::{
    Request, RequestExt, Result, get, post,
    request::Url,
    response::{Redirect, redirect},
};

/// To the login, with the way back.
#[get]
async fn show(url: Url) -> Result<Redirect> {
    Ok(redirect(url.join("/login")?.with_query_pair("from", url.path())))
}

/// Back to where the client says that it came from.
#[post]
async fn create(request: Request) -> Result<Redirect> {
    let url = request.url();
    Ok(redirect(url.join(&url.query().get("from").unwrap_or_default())?))
}
