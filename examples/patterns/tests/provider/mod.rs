//! An OpenID provider on a loopback port, with a key of its own and one user, Ada. It does what a provider has to, and
//! can be made to issue ID tokens that are wrong.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use uuid::Uuid;

pub const CLIENT: &str = "patterns";
pub const CLIENT_SECRET: &str = "a secret: 100 %";
pub const REDIRECT: &str = "https://app.example/callback";

type Pairs = HashMap<String, String>;

/// A clone is the same provider.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    url: String,
    key: EcdsaKeyPair,
    /// The codes that were not redeemed yet, each with what it was asked for with.
    codes: Mutex<HashMap<String, Pairs>>,
    /// Claims of the next ID tokens that replace the right ones.
    lies: Mutex<Value>,
}

impl Provider {
    pub fn start() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (codes, lies) = (Mutex::default(), Mutex::new(json!({})));
        let provider = Self(Arc::new(Inner { url, key, codes, lies }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(provider.clone());
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        provider
    }

    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// What the next ID tokens say instead.
    pub fn lie(&self, claims: Value) {
        *self.0.lies.lock().unwrap() = claims;
    }

    /// A token of this type that says this, and else what is right for now.
    pub fn sign(&self, typ: &str, claims: Value) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let mut all = json!({"iss": self.0.url, "sub": "ada", "iat": now, "exp": now + 600});
        for (name, value) in claims.as_object().unwrap() {
            all[name] = value.clone();
        }
        let header = json!({"alg": "ES256", "kid": "1", "typ": typ}).to_string();
        let signed = format!("{}.{}", encoded(header), encoded(all.to_string()));
        let signature = self.0.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encoded(signature))
    }
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn metadata(State(provider): State<Provider>) -> Json<Value> {
    let url = provider.url();
    Json(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"),
    }))
}

async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    let point = provider.0.key.public_key().as_ref();
    let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
    let key = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "1", "x": x, "y": y});
    Json(json!({"keys": [key]}))
}

/// Ada signs in at once. What the client asks for has to be right, and the place to go back to the one that was
/// registered, to the letter.
async fn authorize(State(provider): State<Provider>, Query(asked): Query<Pairs>) -> Response {
    let is = |name: &str, value: &str| asked.get(name).is_some_and(|it| it == value);
    let is_right = is("client_id", CLIENT)
        && is("redirect_uri", REDIRECT)
        && is("response_type", "code")
        && is("scope", "openid")
        && is("code_challenge_method", "S256")
        && ["state", "nonce", "code_challenge"].iter().all(|name| asked[*name].len() >= 43);
    if !is_right {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let code = Uuid::new_v4().to_string();
    let back = format!("{REDIRECT}?code={code}&state={}", asked["state"]);
    provider.0.codes.lock().unwrap().insert(code, asked);
    Redirect::to(&back).into_response()
}

/// A code is redeemed once, by the client that it was made for, and with the verifier of its challenge.
async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(sent): Form<Pairs>,
) -> Response {
    let basic = format!("Basic {}", STANDARD.encode("patterns:a+secret%3A+100+%25"));
    if headers.get("authorization").is_none_or(|it| it != &*basic) {
        return (StatusCode::UNAUTHORIZED, Json(json!({"error": "invalid_client"})))
            .into_response();
    }
    let get = |name: &str| sent.get(name).map_or("", String::as_str);
    let asked = provider.0.codes.lock().unwrap().remove(get("code"));
    let asked = asked.filter(|asked| {
        get("grant_type") == "authorization_code"
            && get("redirect_uri") == asked["redirect_uri"]
            && encoded(Sha256::digest(get("code_verifier"))) == asked["code_challenge"]
    });
    let Some(asked) = asked else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    };
    let mut claims = json!({"aud": CLIENT, "nonce": asked["nonce"]});
    for (name, value) in provider.0.lies.lock().unwrap().as_object().unwrap() {
        claims[name] = value.clone();
    }
    let typ = claims["typ"].as_str().unwrap_or("JWT").to_owned();
    Json(json!({"token_type": "Bearer", "access_token": "x", "id_token": provider.sign(&typ, claims)}))
        .into_response()
}
