use std::{
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};

use crate::jwt::{Algorithm, Keys, Verifier};

pub(super) const ISSUER: &str = "https://issuer.example";
pub(super) const AUDIENCE: &str = "https://api.example";
pub(super) const SECRET: [u8; 32] = [7; 32];

/// Public keys as `openssl pkey -pubout` writes them.
pub(super) const RSA: &str = include_str!("keys/rsa.pem");
pub(super) const P256: &str = include_str!("keys/p256.pem");

/// When all of this is.
pub(super) const NOW: u64 = 1_800_000_000;

pub(super) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

pub(super) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token of this header and these claims, as text, signed with a secret whatever they say.
pub(super) fn signed_with(secret: &[u8], header: &str, claims: &str) -> String {
    let signed = format!("{}.{}", encoded(header), encoded(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), signed.as_bytes());
    format!("{signed}.{}", encoded(tag))
}

/// The same with [`SECRET`].
pub(super) fn signed(header: &str, claims: &str) -> String {
    signed_with(&SECRET, header, claims)
}

/// Claims that are in order at [`NOW`].
pub(super) fn good() -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "exp": NOW + 300})
}

/// Claims that are in order by the clock of this machine, for what asks it.
pub(super) fn good_today() -> Value {
    let day = SystemTime::now() + Duration::from_secs(86_400);
    let expires = day.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "exp": expires, "scope": "posts:read me"})
}

/// Knows [`SECRET`].
pub(super) fn verifier() -> Verifier {
    let keys = Keys::from_secret(Algorithm::Hs256, SECRET).unwrap();
    Verifier::new(ISSUER, AUDIENCE, keys)
}

/// A provider's key on P-256, with its name.
pub(super) struct Signer {
    pair: EcdsaKeyPair,
    kid: &'static str,
}

impl Signer {
    pub(super) fn new(kid: &'static str) -> Self {
        static RANDOM: LazyLock<SystemRandom> = LazyLock::new(SystemRandom::new);
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &*RANDOM).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &*RANDOM).unwrap();
        Self { pair, kid }
    }

    pub(super) fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid, "x": x, "y": y})
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        let header = json!({"alg": "ES256", "kid": self.kid}).to_string();
        let signed = format!("{}.{}", encoded(header), encoded(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encoded(signature))
    }
}
