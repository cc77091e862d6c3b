use bff::{
    post,
    webhook::{StandardWebhooks, Webhook},
};

/// More than the default.
#[post(body_limit = "100KiB")]
async fn receive(hook: Webhook<StandardWebhooks>) -> String {
    hook.bytes.len().to_string()
}
