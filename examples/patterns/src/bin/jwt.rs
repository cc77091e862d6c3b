//! An API that is called with access tokens of a provider. They are verified with the keys that it publishes, and what
//! they allow decides who reads and who writes.
//!
//! ```sh
//! ISSUER=https://issuer.example JWKS_URL=https://issuer.example/jwks cargo run -p patterns --bin jwt
//! curl -i localhost:3000/posts
//! curl -i localhost:3000/posts -H "Authorization: Bearer $TOKEN"
//! ```

use bff::{
    Result,
    jwt::{Bearer, Jwks, Verifier},
};

bff::app!(state = Verifier, dir = "apps/jwt/app");

/// Whom the tokens have to be for: this API.
const AUDIENCE: &str = "https://api.example";

async fn reader(token: Bearer) -> Result {
    token.require_scope("posts:read")
}

async fn writer(token: Bearer) -> Result {
    token.require_scope("posts:write")
}

#[tokio::main]
async fn main() -> Result {
    let keys = Jwks::at(bff::env::var("JWKS_URL")?)?;
    // An ID token is none for an API, whoever it is for.
    let verifier = Verifier::new(bff::env::var("ISSUER")?, AUDIENCE, keys).typ("at+jwt");
    bff::serve(app::router(verifier)).await
}
