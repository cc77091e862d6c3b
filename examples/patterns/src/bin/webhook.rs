//! A webhook: the signature is checked over the bytes as they came, before anything is parsed (RH-399).
//!
//! ```sh
//! cargo run -p patterns --bin webhook
//! body='{"tag":"posts"}'
//! curl localhost:3000/hooks/cms -H "x-signature: $(printf %s "$body" | openssl dgst -sha256 -hmac secret -r | cut -d' ' -f1)" -d "$body"
//! ```

bff::app!(dir = "webhook/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
