use serde_json::{Map, Value};

use super::{
    Algorithm, base64url,
    key::{Key, Material},
    key_error::{KeyError, Kind},
    object::Object,
};

/// A set of this many is no set that anybody rotates.
const MOST_KEYS: usize = 32;

/// What may be among the keys of a set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// A document that the app holds.
    App,
    /// A document that was fetched, in which nobody puts a secret that is one.
    Provider,
}

/// Reads a JSON Web Key, or a set of them (RFC 7517), and leaves out keys that are for something else.
pub(super) fn keys(json: &[u8], from: From) -> Result<Vec<Key>, KeyError> {
    let document = Object::parse(json).ok_or(KeyError::new(Kind::NotJwk))?;
    let Some(list) = document.0.get("keys") else { return Ok(vec![key(&document.0)?]) };
    let list = list.as_array().ok_or(KeyError::new(Kind::NotJwk))?;
    if list.len() > MOST_KEYS {
        return Err(KeyError::new(Kind::TooMany));
    }
    let mut keys = Vec::with_capacity(list.len());
    for entry in list {
        let jwk = entry.as_object().ok_or(KeyError::new(Kind::NotJwk))?;
        match key(jwk) {
            Ok(key) if key.is_secret() && from == From::Provider => {
                tracing::error!("a set of keys that was fetched has a secret, which is left out");
            }
            Ok(key) => keys.push(key),
            Err(error) if error.is_of_no_concern() => {}
            // One key of a provider that is not in order is no reason to do without the others.
            Err(error) if from == From::Provider => {
                tracing::warn!(%error, "a key of a set that was fetched is left out");
            }
            Err(error) => return Err(error),
        }
    }
    if keys.is_empty() { Err(KeyError::new(Kind::NoKey)) } else { Ok(keys) }
}

type Jwk = Map<String, Value>;

fn key(jwk: &Jwk) -> Result<Key, KeyError> {
    let purpose = text(jwk, "use")?;
    let operations = match jwk.get("key_ops") {
        None => None,
        Some(operations) => Some(operations.as_array().ok_or(KeyError::new(Kind::NotJwk))?),
    };
    if purpose.is_some_and(|purpose| purpose != "sig")
        || operations.is_some_and(|all| !all.iter().any(|operation| operation == "verify"))
    {
        return Err(KeyError::new(Kind::NotForSignatures));
    }
    let algorithm = match text(jwk, "alg")? {
        None => None,
        Some(name) => {
            Some(name.parse::<Algorithm>().map_err(|_| KeyError::new(Kind::UnsupportedJwk))?)
        }
    };
    let curve = text(jwk, "crv")?;
    let material = match (text(jwk, "kty")?, curve) {
        (Some("RSA"), _) => {
            public(jwk)?;
            Material::rsa(octets(jwk, "n")?, octets(jwk, "e")?)?
        }
        (Some("EC"), Some("P-256")) => Material::P256(point(jwk)?),
        (Some("EC"), Some("P-384")) => Material::P384(point(jwk)?),
        (Some("OKP"), Some("Ed25519")) => {
            public(jwk)?;
            let key = octets(jwk, "x")?.try_into().map_err(|_| KeyError::new(Kind::Point))?;
            Material::Ed25519(key)
        }
        // Without `alg` it is the one that everybody means.
        (Some("oct"), _) => {
            Material::secret(algorithm.unwrap_or(Algorithm::Hs256), &octets(jwk, "k")?)?
        }
        (Some(_), _) => return Err(KeyError::new(Kind::UnsupportedJwk)),
        (None, _) => return Err(KeyError::new(Kind::NotJwk)),
    };
    Key::new(material, algorithm, text(jwk, "kid")?.map(str::to_owned))
}

/// Refuses a private key: whoever could read it could sign.
fn public(jwk: &Jwk) -> Result<(), KeyError> {
    if jwk.contains_key("d") { Err(KeyError::new(Kind::Private)) } else { Ok(()) }
}

/// The uncompressed point of two coordinates, each of full length (RFC 7518 section 6.2.1.2).
fn point<const N: usize>(jwk: &Jwk) -> Result<[u8; N], KeyError> {
    public(jwk)?;
    let (x, y) = (octets(jwk, "x")?, octets(jwk, "y")?);
    if x.len() != y.len() {
        return Err(KeyError::new(Kind::Point));
    }
    [&[4], &*x, &*y].concat().try_into().map_err(|_| KeyError::new(Kind::Point))
}

fn text<'a>(jwk: &'a Jwk, name: &str) -> Result<Option<&'a str>, KeyError> {
    match jwk.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(KeyError::new(Kind::NotJwk)),
    }
}

fn octets(jwk: &Jwk, name: &str) -> Result<Vec<u8>, KeyError> {
    text(jwk, name)?.and_then(base64url::decoded).ok_or(KeyError::new(Kind::NotJwk))
}
