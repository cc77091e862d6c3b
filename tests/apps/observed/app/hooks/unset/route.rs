use bff::{
    post,
    webhook::{Shopify, Webhook},
};

/// Nobody has set a secret for it.
#[post]
async fn receive(_: Webhook<Shopify>) -> &'static str {
    "accepted"
}
