use bff::{
    Form, Response, Result, State,
    cookies::{Cookies, KeyRing},
    delete, get, post,
    response::{no_content, unauthorized},
};
use serde::Deserialize;

use crate::{NAME, Session};

#[derive(Deserialize)]
struct SignIn {
    name: String,
}

/// Signs in. A real app checks a password here.
#[post]
async fn sign_in(
    cookies: Cookies,
    State(keys): State<KeyRing>,
    Form(SignIn { name }): Form<SignIn>,
) -> Result<Response> {
    Session::write(&cookies, &keys, &name)?;
    Ok(no_content())
}

/// Says who is signed in, and renews the session.
#[get]
async fn show(cookies: Cookies, State(keys): State<KeyRing>) -> Result<String> {
    let session = Session::read(&cookies, &keys).ok_or_else(unauthorized)?;
    Session::write(&cookies, &keys, &session.user)?;
    Ok(session.user)
}

/// Signs out.
#[delete]
async fn sign_out(cookies: Cookies) -> Response {
    cookies.delete(NAME);
    no_content()
}
