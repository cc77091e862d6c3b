use bff::{
    Form, Query, Response, Result, State,
    cookies::{Cookie, Cookies, KeyRing},
    get, post,
    request::Url,
    response::{html, see_other, unauthorized},
};
use serde::Deserialize;

use crate::SESSION;

#[derive(Deserialize)]
struct Target {
    target: Option<String>,
}

#[derive(Deserialize)]
struct SignIn {
    name: String,
    password: String,
}

/// The form. It is sent to the URL that it stands at, so the target need not be written into it.
#[get]
fn form() -> Response {
    html(
        "<form method=post><input name=name><input name=password type=password><button>Sign in</button></form>",
    )
}

/// Signs in and leads to the target. One that is not on this site is refused with 400, before anybody is signed in.
#[post]
async fn sign_in(
    url: Url,
    cookies: Cookies,
    State(keys): State<KeyRing>,
    Query(Target { target }): Query<Target>,
    Form(SignIn { name, password }): Form<SignIn>,
) -> Result<Response> {
    let target = url.join(target.as_deref().unwrap_or("/members/home"))?;
    // Stands for the lookup of a real app, which has a hash of the password.
    if password != "open sesame" {
        return Err(unauthorized());
    }
    cookies.encrypted(&keys).set(Cookie::build(SESSION, name).session().build()?)?;
    Ok(bff::IntoResponse::into_response(see_other(target)))
}
