use bff::{Form, Valid, post};
use garde::Validate;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Contact {
    #[garde(email)]
    email: String,
    #[garde(length(chars, min = 2))]
    message: String,
}

#[post]
async fn send(Valid(Form(contact)): Valid<Form<Contact>>) -> String {
    format!("{} writes {}", contact.email, contact.message)
}
