//! The provider, as a client of it sees it (OpenID Connect Core 1.0 section 3.1, RFC 9700 section 2.1).

use std::sync::Arc;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bff::{
    Error, Problem, Result,
    http::StatusCode,
    jwt::{Jwks, Verifier},
    upstream::Upstream,
};
use form_urlencoded::{Serializer, byte_serialize};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    client_id: String,
    client_secret: String,
    redirect_uri: String,
    authorization_endpoint: String,
    token_endpoint: Upstream,
    verifier: Verifier,
}

/// What the provider says of itself (OpenID Connect Discovery 1.0 section 3).
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

/// A login that has begun. It belongs to one browser, and ends with its first return.
#[derive(Deserialize, Serialize)]
pub struct Pending {
    /// Says that the answer is for this browser's question.
    pub state: String,
    /// Says that the ID token is for this login.
    nonce: String,
    /// Says that who redeems the code is who asked for it (RFC 7636).
    verifier: String,
    /// The page that was wanted.
    pub next: String,
}

impl Pending {
    pub fn new(next: String) -> Self {
        Self { state: random(), nonce: random(), verifier: random(), next }
    }
}

/// 244 random bits, in 64 characters that need no encoding.
fn random() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

#[derive(Deserialize)]
struct IdClaims {
    nonce: String,
    azp: Option<String>,
}

impl Provider {
    pub async fn discover(
        issuer: String,
        client_id: String,
        client_secret: String,
        redirect_uri: String,
    ) -> Result<Self> {
        let at = Upstream::at_start(&*issuer)?;
        let metadata: Metadata = at.get("/.well-known/openid-configuration").fetch().await?;
        if metadata.issuer != issuer {
            return Err(Error::msg("the provider calls itself otherwise than `ISSUER`"));
        }
        let keys = Jwks::at(metadata.jwks_uri)?;
        Ok(Self(Arc::new(Inner {
            // An access token is no ID token.
            verifier: Verifier::new(issuer, &*client_id, keys).typ("JWT"),
            client_id,
            client_secret,
            redirect_uri,
            authorization_endpoint: metadata.authorization_endpoint,
            token_endpoint: Upstream::at_start(metadata.token_endpoint)?,
        })))
    }

    /// Where the browser signs in.
    pub fn url(&self, pending: &Pending) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&pending.verifier));
        let query = form(&[
            ("response_type", "code"),
            ("scope", "openid"),
            ("client_id", &self.0.client_id),
            ("redirect_uri", &self.0.redirect_uri),
            ("state", &pending.state),
            ("nonce", &pending.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        format!("{}?{query}", self.0.authorization_endpoint)
    }

    /// Who has signed in, for the code that the browser came back with.
    pub async fn redeem(&self, code: &str, pending: &Pending) -> Result<String> {
        let Inner { client_id, client_secret, redirect_uri, token_endpoint, verifier, .. } =
            &*self.0;
        let body = form(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", &pending.verifier),
        ]);
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let basic = format!("{}:{}", encoded(client_id), encoded(client_secret));
        let reply = token_endpoint
            .post("")
            .header("authorization", format!("Basic {}", STANDARD.encode(basic)))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await?;
        // The code is used up, made up, or of somebody else's login.
        if reply.status() == StatusCode::BAD_REQUEST {
            return Err(refused());
        }
        let tokens: Tokens = reply.success()?.json().await?;
        let token = verifier.verify::<IdClaims>(&tokens.id_token).await.map_err(|_| refused())?;
        let is_ours = match &token.claims.azp {
            Some(party) => party == client_id,
            // A token for several says which of them it was made for (section 3.1.3.7).
            None => token.audience().count() == 1,
        };
        if !is_ours || token.claims.nonce != pending.nonce {
            return Err(refused());
        }
        Ok(token.subject().ok_or_else(refused)?.to_owned())
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The same for every reason: which check has failed is not for who tries them.
pub fn refused() -> Error {
    Problem::new(StatusCode::BAD_REQUEST).detail("not a login of yours").into()
}
