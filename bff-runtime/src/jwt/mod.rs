//! JSON Web Tokens of others, verified: the access tokens that an API is called with, the ID tokens of a login.
//!
//! A [`Verifier`] is made once, of an issuer, an audience and keys. The extractor [`Bearer`] gives a handler the token
//! of its request; without a good one the handler does not run.
//!
//! ```no_run
//! use bff::{
//!     Json, Result,
//!     jwt::{Bearer, Jwks, Verifier},
//! };
//! use serde::{Deserialize, Serialize};
//!
//! // src/main.rs: `bff::app!(state = Verifier);`, and in `main`
//! fn state() -> Result<Verifier> {
//!     let keys = Jwks::at(bff::env::var("JWKS_URL")?)?;
//!     Ok(Verifier::new("https://issuer.example", "https://api.example", keys))
//! }
//!
//! /// The app's own claims, beside the registered ones.
//! #[derive(Deserialize)]
//! struct Claims {
//!     tenant: String,
//! }
//!
//! #[derive(Serialize)]
//! struct Post {
//!     author: Option<String>,
//!     tenant: String,
//! }
//!
//! // app/posts/route.rs: `#[post(require = writer)]`
//! async fn create(token: Bearer<Claims>) -> Json<Post> {
//!     let author = token.subject().map(str::to_owned);
//!     Json(Post { author, tenant: token.0.claims.tenant })
//! }
//!
//! /// 401 without a token, 403 without the scope.
//! async fn writer(token: Bearer) -> Result<()> {
//!     token.require_scope("posts:write")
//! }
//! ```
//!
//! | for | look at |
//! |---|---|
//! | keys of a provider, which it replaces | [`Jwks`] |
//! | keys that are known at start | [`Keys`] |
//! | what is checked, and how strictly | [`Verifier`] |
//! | the token of a request | [`Bearer`] |
//! | what it says | [`Verified`] |
//!
//! # What is checked
//!
//! A token has the compact form, in strict base64url, and no member of its header or its claims stands twice. `alg` is
//! one that the key is for: `none` cannot be allowed, and secrets and public keys do not stand in one verifier. `kid` is
//! a name to look up; `jku`, `jwk`, `x5u` and `x5c` are not looked at, `crit` is refused. `exp`, `iss` and `aud` are
//! required; `nbf`, `iat` and `typ` are checked when they are there; a claim of the wrong type is refused and not
//! skipped. Keys say what they are for (`use`, `key_ops`, `alg`), RSA keys have 2048 bits, secrets as many as the hash.
//! RFC 8725 has the reasons.
//!
//! Of the two values that `s` of an ECDSA signature can have, the higher one is good as well: RFC 7518 section 3.4 does
//! not forbid it, and half of all signers' tokens have it, like the example in RFC 7515 section A.3. So one token may
//! have two texts: what lists tokens that were revoked lists their [`id`](Verified::id), never their text.
//!
//! # Not to be confused with
//!
//! Sessions: a token of one's own in a browser, which cannot be ended before its time, is no session. See
//! [`cookies`](crate::cookies).
//!
//! Invariant: no token, no key and no claim is ever in a log, an error or a `Debug` text, and the client is never told
//! why a token is refused.

mod algorithm;
mod base64url;
mod bearer;
mod cache;
mod claims;
mod compact;
mod error;
mod fetch;
mod jwk;
mod jwks;
mod key;
mod key_error;
mod key_source;
mod keys;
mod lifetime;
mod object;
mod pem;
mod rsa;
mod verified;
mod verifier;

pub use self::{
    algorithm::{Algorithm, UnknownAlgorithm},
    bearer::Bearer,
    error::JwtError,
    jwks::Jwks,
    key_error::KeyError,
    key_source::KeySource,
    keys::Keys,
    verified::Verified,
    verifier::Verifier,
};

#[cfg(test)]
mod tests;
