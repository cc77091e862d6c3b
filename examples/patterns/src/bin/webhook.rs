//! A webhook: the signature is checked over the bytes as they came, before anything is made of them, with the secret
//! in `STRIPE_WEBHOOK_SECRET`. A message is handled once.
//!
//! ```sh
//! STRIPE_WEBHOOK_SECRET='for development' cargo run -p patterns --bin webhook
//! time=$(date +%s) body='{"id":"evt_1","type":"invoice.paid"}'
//! signature=$(printf %s "$time.$body" | openssl dgst -sha256 -hmac 'for development' | sed 's/.* //')
//! curl -i localhost:3000/hooks/payments -d "$body" -H "Stripe-Signature: t=$time,v1=$signature"
//! curl -i localhost:3000/hooks/payments -d "$body" -H "Stripe-Signature: t=$time,v1=$signature" # not handled again
//! curl -i localhost:3000/hooks/payments -d '{}' -H "Stripe-Signature: t=$time,v1=$signature" # 400
//! ```

bff::app!(dir = "apps/webhook/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
