use bff::{
    post,
    webhook::{StandardWebhooks, Webhook},
};

/// Takes a message and never comes to an end.
#[post(timeout = "50ms")]
async fn receive(_: Webhook<StandardWebhooks>) -> &'static str {
    std::future::pending().await
}
