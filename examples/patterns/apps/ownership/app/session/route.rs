use bff::{Form, Response, Result, State, post, response::no_content, session::Session};
use serde::Deserialize;

use crate::data::Data;

#[derive(Deserialize)]
struct SignIn {
    name: String,
}

#[post]
async fn sign_in(
    session: Session,
    State(data): State<Data>,
    Form(SignIn { name }): Form<SignIn>,
) -> Result<Response> {
    data.sign_in(&session, &name).await?;
    Ok(no_content())
}
