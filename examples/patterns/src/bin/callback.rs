//! The end of a sign-in elsewhere: the session is set, and the way back cannot lead to another site (RH-400).
//!
//! ```sh
//! cargo run -p patterns --bin callback
//! curl -i 'localhost:3000/auth/callback?code=ok&next=/inbox'
//! curl -i 'localhost:3000/auth/callback?code=ok&next=https://evil.example'
//! ```

bff::app!(dir = "callback/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
