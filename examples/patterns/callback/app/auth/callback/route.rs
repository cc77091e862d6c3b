use bff::{
    Query, Result,
    cookies::{Cookie, Cookies},
    get,
    request::Url,
    response::{Redirect, redirect, unauthorized},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Callback {
    code: String,
    next: String,
}

#[get]
async fn callback(
    url: Url,
    cookies: Cookies,
    Query(callback): Query<Callback>,
) -> Result<Redirect> {
    // Here the code would be exchanged for a token.
    if callback.code != "ok" {
        return Err(unauthorized());
    }
    // 400 for what leaves this site, however it is spelt.
    let next = url.join(&callback.next)?;
    cookies.set(Cookie::build("__Host-session", "a session").session().build()?);
    Ok(redirect(next.href()))
}
