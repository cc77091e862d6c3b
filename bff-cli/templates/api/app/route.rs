use bff::{Json, get};
use serde::Serialize;

#[derive(Serialize)]
struct Message {
    message: &'static str,
}

/// Answers `GET /`.
#[get]
async fn index() -> Json<Message> {
    Json(Message {
        message: "Hello from bff!",
    })
}
