//! A part for members: `proxy.rs` sends whoever is not signed in to sign in, which leads back to the page that was
//! wanted, and never to another site.
//!
//! ```sh
//! cargo run -p patterns --bin login_gate
//! curl -i 'localhost:3000/members/invoices?year=2026'
//! curl -i 'localhost:3000/login?target=/members/invoices' -d 'name=Ada&password=open sesame'
//! ```

use bff::{
    Result,
    cookies::{Cookies, KeyRing},
};

bff::app!(state = KeyRing, dir = "apps/login_gate/app");

const SESSION: &str = "__Host-session";

/// Who is signed in: the cookie is encrypted, so nobody but this app can have written it.
fn member(cookies: &Cookies, keys: &KeyRing) -> Option<String> {
    cookies.encrypted(keys).get(SESSION)
}

#[tokio::main]
async fn main() -> Result {
    // Without keys of its own every start of the app signs everybody out.
    let keys = match bff::env::var_opt("BFF_KEYS") {
        Some(keys) => keys.parse()?,
        None => KeyRing::random()?,
    };
    bff::serve(app::router(keys)).await
}
