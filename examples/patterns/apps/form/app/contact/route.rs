use bff::{Form, Json, Problem, Result, State, http::StatusCode, post};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::Mail;

#[derive(Deserialize)]
struct Contact {
    email: String,
    message: String,
}

#[derive(Serialize)]
struct Sent {
    sent: bool,
}

/// A field that is missing is answered 422, an outbox that is gone 500.
#[post]
async fn contact(
    State(outbox): State<mpsc::Sender<Mail>>,
    Form(Contact { email, message }): Form<Contact>,
) -> Result<Json<Sent>> {
    if !email.contains('@') {
        Err(Problem::new(StatusCode::BAD_REQUEST).detail("`email` is no address"))?;
    }
    outbox.send(Mail { from: email, text: message }).await?;
    Ok(Json(Sent { sent: true }))
}
