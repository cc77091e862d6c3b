use bff::{
    Json, post,
    webhook::{GitHub, Webhook},
};

#[post]
async fn receive(hook: Webhook<GitHub>, Json(event): Json<String>) -> String {
    format!("{hook:?} {event}")
}
