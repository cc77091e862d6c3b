use bff::{
    Form, Problem, Result,
    http::StatusCode,
    post,
    response::{Redirect, see_other},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Contact {
    email: String,
    message: String,
}

#[post]
async fn contact(Form(contact): Form<Contact>) -> Result<Redirect> {
    if !contact.email.contains('@') || contact.message.trim().is_empty() {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY);
        return Err(problem.detail("an address and a message are needed").into());
    }
    // Here the message would be sent.
    Ok(see_other("/thanks"))
}
