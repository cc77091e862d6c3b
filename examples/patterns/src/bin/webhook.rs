//! A webhook: the signature is checked over the bytes as they came, before anything is made of them.
//!
//! ```sh
//! cargo run -p patterns --bin webhook
//! body='{"kind":"paid","id":7}'
//! curl localhost:3000/hooks/payments -d "$body" -H "X-Signature: $(printf %s "$body" | openssl dgst -sha256 -hmac 'for development' -binary | base64)"
//! curl localhost:3000/hooks/payments -d "$body" -H 'X-Signature: bm8='
//! ```

use hmac::{Hmac, Mac};
use sha2::Sha256;

bff::app!(state = Hmac<Sha256>, dir = "apps/webhook/app");

#[tokio::main]
async fn main() -> bff::Result {
    let secret =
        bff::env::var_opt("WEBHOOK_SECRET").unwrap_or_else(|| "for development".to_owned());
    bff::serve(app::router(Hmac::new_from_slice(secret.as_bytes())?)).await
}
