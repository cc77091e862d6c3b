use bff::{
    http::HeaderMap,
    post,
    webhook::{Stripe, Webhook},
};

#[post]
async fn receive(hook: Webhook<Stripe>, headers: HeaderMap) -> String {
    format!("{hook:?} {headers:?}")
}
