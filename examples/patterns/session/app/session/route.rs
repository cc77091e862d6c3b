use std::time::Duration;

use bff::{
    Form, Response, Result, State,
    cookies::{Cookie, Cookies, KeyRing},
    delete, get, post,
    response::{no_content, unauthorized},
};
use serde::Deserialize;

const SESSION: &str = "__Host-session";
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

#[derive(Deserialize)]
struct SignIn {
    name: String,
}

#[post]
async fn sign_in(
    cookies: Cookies,
    State(keys): State<KeyRing>,
    Form(sign_in): Form<SignIn>,
) -> Result<Response> {
    let session = Cookie::build(SESSION, sign_in.name).session().max_age(WEEK).build()?;
    cookies.encrypted(&keys).set(session)?;
    Ok(no_content())
}

#[get]
async fn who(cookies: Cookies, State(keys): State<KeyRing>) -> Result<String> {
    cookies.encrypted(&keys).get(SESSION).ok_or_else(unauthorized)
}

#[delete]
async fn sign_out(cookies: Cookies) -> Response {
    cookies.delete(SESSION);
    no_content()
}
