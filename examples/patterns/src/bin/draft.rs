//! Draft mode: who has the secret of the CMS sees what is not published yet.
//!
//! ```sh
//! cargo run -p patterns --bin draft
//! curl -L -c jar -b jar 'localhost:3000/draft?secret=for-development&slug=hello'
//! curl localhost:3000/posts/hello
//! ```

use bff::{axum::extract::FromRef, cookies::KeyRing};

bff::app!(state = Site, dir = "apps/draft/app");

/// The post that there is, as published and as it will be.
const POST: (&str, &str, &str) = ("hello", "Hello", "Hello, world");

#[derive(Clone)]
struct Site {
    /// What the CMS shows.
    secret: String,
    keys: KeyRing,
}

/// Draft mode signs its cookie with these.
impl FromRef<Site> for KeyRing {
    fn from_ref(site: &Site) -> Self {
        site.keys.clone()
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    let secret = bff::env::var_opt("CMS_SECRET").unwrap_or_else(|| "for-development".to_owned());
    // Draft mode ends with the program.
    bff::serve(app::router(Site { secret, keys: KeyRing::random()? })).await
}
