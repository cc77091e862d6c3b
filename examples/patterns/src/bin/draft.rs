//! Draft mode for a CMS: a secret turns it on, and the way on comes from the CMS and not from the query (RH-375).
//!
//! ```sh
//! cargo run -p patterns --bin draft
//! curl -i 'localhost:3000/api/draft?secret=secret&slug=hello'
//! ```

use bff::cookies::KeyRing;

bff::app!(state = KeyRing, dir = "draft/app");

#[tokio::main]
async fn main() -> bff::Result {
    let keys = KeyRing::from_env().or_else(|_| KeyRing::random())?;
    bff::serve(app::router(keys)).await
}
