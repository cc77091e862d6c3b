//! Signing in at an OpenID provider: the code flow with PKCE, `state` and `nonce`. Its tokens stay on the server; the
//! browser has a session.
//!
//! ```sh
//! export ISSUER=https://issuer.example CLIENT_ID=patterns CLIENT_SECRET=… APP_URL=http://localhost:3000
//! cargo run -p patterns --bin oidc
//! curl -i -c jar -b jar 'localhost:3000/login?next=/account'
//! curl -i -c jar -b jar 'localhost:3000/login?next=https://evil.example'
//! ```

mod provider;

use bff::{Result, env::var};

use provider::Provider;

bff::app!(state = Provider, dir = "apps/oidc/app");

/// Under this name the session keeps a login that has begun.
const PENDING: &str = "login";

#[tokio::main]
async fn main() -> Result {
    let (id, secret) = (var("CLIENT_ID")?, var("CLIENT_SECRET")?);
    // Where the provider sends the browser back to is settled here: it never comes from a request.
    let redirect_uri = format!("{}/callback", var("APP_URL")?);
    let provider = Provider::discover(var("ISSUER")?, id, secret, redirect_uri).await?;
    bff::serve(app::router(provider)).await
}
