use bff::{Form, Response, Result, delete, get, post, response::no_content, session::Session};
use serde::Deserialize;

#[derive(Deserialize)]
struct SignIn {
    name: String,
}

/// Signs in. A real app checks a password here, as `login_gate` does.
#[post]
async fn sign_in(session: Session, Form(SignIn { name }): Form<SignIn>) -> Result<Response> {
    session.login(&name).await?;
    Ok(no_content())
}

/// Says who is signed in.
#[get]
async fn show(session: Session) -> Result<String> {
    Ok(session.require()?.to_string())
}

/// Signs out: a copy of the cookie is worth nothing after it.
#[delete]
async fn sign_out(session: Session) -> Result<Response> {
    session.logout().await?;
    Ok(no_content())
}
