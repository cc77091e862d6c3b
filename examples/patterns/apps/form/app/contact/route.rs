use bff::{Form, Json, Result, State, Valid, post};
use garde::Validate;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::Mail;

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct Contact {
    #[garde(email)]
    email: String,
    #[garde(length(chars, min = 1, max = 2000))]
    message: String,
}

#[derive(Serialize)]
struct Sent {
    sent: bool,
}

/// What is wrong with the fields is answered 422, all of it at once; an outbox that is gone 500.
#[post]
async fn contact(
    State(outbox): State<mpsc::Sender<Mail>>,
    Valid(Form(Contact { email, message })): Valid<Form<Contact>>,
) -> Result<Json<Sent>> {
    outbox.send(Mail { from: email, text: message }).await?;
    Ok(Json(Sent { sent: true }))
}
