use bff::{
    Form, Query, Response, Result, State, get, post,
    request::Url,
    response::{Redirect, html, see_other},
    session::Session,
};
use serde::Deserialize;

use crate::Users;

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
    session: Session,
    State(users): State<Users>,
    Query(Target { target }): Query<Target>,
    Form(SignIn { name, password }): Form<SignIn>,
) -> Result<Redirect> {
    let target = url.join(target.as_deref().unwrap_or("/members/home"))?;
    users.sign_in(&session, &name, &password).await?;
    Ok(see_other(target))
}
