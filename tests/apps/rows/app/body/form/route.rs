use bff::{Form, Json, Result, http::StatusCode, route};
use serde::Deserialize;

#[derive(Deserialize)]
struct Contact {
    email: String,
    message: String,
    #[serde(default)]
    topic: Vec<String>,
}

/// A contact form (RH-393).
#[route(GET, POST)]
async fn send(Form(contact): Form<Contact>) -> Result<Json<String>, (StatusCode, &'static str)> {
    let Contact { email, message, topic } = contact;
    if message == "break" {
        return Err((StatusCode::INTERNAL_SERVER_ERROR, "the mail was not sent"));
    }
    Ok(Json(format!("{email} writes {message} about {topic:?}")))
}
