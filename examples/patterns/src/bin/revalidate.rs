//! A CMS says what has changed, and all instances of the app stop answering with what was before: a webhook that
//! revalidates. The signature is checked over the bytes as they came, with the secret in `WEBHOOK_SECRET`.
//!
//! ```sh
//! export WEBHOOK_SECRET=$(printf 'for development' | base64)
//! echo '{"hello": "Hello"}' > /tmp/posts.json
//! POSTS=/tmp/posts.json cargo run -p patterns --bin revalidate
//! curl -i localhost:3000/posts/hello # what the file says
//! echo '{"hello": "Good day"}' > /tmp/posts.json
//! curl -i localhost:3000/posts/hello # what it said
//! time=$(date +%s) body='{"slug":"hello"}'
//! signature=$(printf %s "msg_1.$time.$body" | openssl dgst -sha256 -hmac 'for development' -binary | base64)
//! curl -i localhost:3000/hooks/cms -d "$body" \
//!   -H 'webhook-id: msg_1' -H "webhook-timestamp: $time" -H "webhook-signature: v1,$signature"
//! curl -i localhost:3000/posts/hello # what it says
//! ```
//!
//! With `BFF_REDIS_URL` and the feature `redis` several instances share what they keep, and whichever is told of a
//! change tells all. Without them there is one instance, which keeps it in memory.

use std::{collections::BTreeMap, path::PathBuf};

bff::app!(state = Cms, dir = "apps/revalidate/app");

/// Stands for the CMS: a file with the texts of all posts.
#[derive(Clone)]
struct Cms(PathBuf);

impl Cms {
    async fn posts(&self) -> bff::Result<BTreeMap<String, String>> {
        let path = self.0.clone();
        let text = tokio::task::spawn_blocking(move || std::fs::read(path)).await??;
        Ok(serde_json::from_slice(&text)?)
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    let posts = bff::env::var("POSTS")?;
    bff::serve(app::router(Cms(posts.into()))).await
}
