//! A session without a store: the cookie holds it, encrypted. `BFF_KEYS` has the keys; without it a new one is made (RH-406).
//!
//! ```sh
//! cargo run -p patterns --bin session
//! curl -i localhost:3000/session -d name=Ada
//! curl localhost:3000/session -H 'cookie: __Host-session=…'
//! ```

use bff::cookies::KeyRing;

bff::app!(state = KeyRing, dir = "session/app");

#[tokio::main]
async fn main() -> bff::Result {
    let keys = KeyRing::from_env().or_else(|_| KeyRing::random())?;
    bff::serve(app::router(keys)).await
}
