use serde_json::{Value, json};

use super::support::{
    AUDIENCE, ISSUER, P256, RSA, Signer, encoded, good, now, signed, signed_with,
};
use crate::jwt::{Algorithm, JwtError, KeyError, Keys, Verifier};

fn text(result: Result<Keys, KeyError>) -> String {
    result.map_or_else(|error| error.to_string(), |_| "in order".to_owned())
}

#[test]
fn security_23_a_pem_is_bound_to_one_algorithm_of_its_kind() {
    use Algorithm::{EdDsa, Es256, Es384, Hs256, Ps512, Rs256};

    for (pem, fitting) in [
        (RSA, &[Rs256, Ps512][..]),
        (include_str!("keys/rsa_pkcs1.pem"), &[Rs256, Ps512]),
        (P256, &[Es256]),
        (include_str!("keys/p384.pem"), &[Es384]),
        (include_str!("keys/ed25519.pem"), &[EdDsa]),
    ] {
        for algorithm in [Hs256, Rs256, Ps512, Es256, Es384, EdDsa] {
            let expected = if fitting.contains(&algorithm) {
                "in order".to_owned()
            } else {
                format!("the key is none for {algorithm}")
            };
            assert_eq!(text(Keys::from_pem(algorithm, pem)), expected, "{pem}");
        }
    }
    let not_pem = "the key is no PEM of a public key (`-----BEGIN PUBLIC KEY-----`)";
    let private = "the key is a private one; a verifier needs the public key alone";
    for (pem, expected) in [
        (String::new(), not_pem),
        (format!("{P256}{RSA}"), not_pem),
        (P256.replace("END", "FIN"), not_pem),
        (P256.replace("PUBLIC", "SECRET"), not_pem),
        (
            P256.replace("BEGIN PUBLIC", "BEGIN RSA PUBLIC")
                .replace("END PUBLIC", "END RSA PUBLIC"),
            not_pem,
        ),
        (P256.replace("MFkw", "MFkx"), not_pem),
        (P256.replace("MFkw", "MFgw"), not_pem),
        (P256.replace("MFkw", "MIFZMw"), not_pem),
        (P256.replace("==", ""), not_pem),
        ("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----".to_owned(), private),
        ("-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----".to_owned(), private),
        ("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----".to_owned(), not_pem),
    ] {
        assert_eq!(text(Keys::from_pem(Es256, &pem)), expected, "{pem}");
    }
}

#[test]
fn security_23_a_secret_is_as_long_as_its_hash() {
    for (algorithm, least) in
        [(Algorithm::Hs256, 32), (Algorithm::Hs384, 48), (Algorithm::Hs512, 64)]
    {
        let short = format!("a secret for {algorithm} has {} bytes, fewer than {least}", least - 1);
        assert_eq!(text(Keys::from_secret(algorithm, vec![7; least])), "in order");
        assert_eq!(text(Keys::from_secret(algorithm, vec![7; least - 1])), short);
        let jwk = json!({"kty": "oct", "alg": algorithm.name(), "k": encoded(vec![7; least - 1])});
        assert_eq!(text(Keys::from_jwk(jwk.to_string())), short);
    }
    assert_eq!(text(Keys::from_secret(Algorithm::Rs256, [7; 64])), "the key is none for RS256");
}

#[test]
fn security_23_a_jwk_says_what_it_is_for() {
    let jwk = Signer::new("a").jwk();
    let secret = json!({"kty": "oct", "alg": "HS256", "kid": "s", "k": encoded([7; 32])});
    let with = |name: &str, value: Value| {
        let mut jwk = jwk.clone();
        jwk[name] = value;
        jwk
    };
    let set = |keys: &[&Value]| json!({ "keys": keys });
    let other = Signer::new("b").jwk();
    let not_jwk = "the key is no JSON Web Key, and no set of them";
    let elsewhere = "`use` or `key_ops` of the key do not allow to verify signatures";
    let unknown = "the key is of a kind, of a curve or for an algorithm that is not known here";
    let none = "there is no key that signatures can be verified with";
    for (document, expected) in [
        (jwk.clone(), "in order"),
        (with("key_ops", json!(["verify"])), "in order"),
        (with("key_ops", json!(["sign", "verify"])), "in order"),
        (with("key_ops", json!(["sign"])), elsewhere),
        (with("key_ops", json!([])), elsewhere),
        (with("key_ops", json!("verify")), not_jwk),
        (with("use", json!("enc")), elsewhere),
        (with("use", json!(null)), not_jwk),
        (with("alg", json!("ES384")), "the key is none for ES384"),
        (with("alg", json!("HS256")), "the key is none for HS256"),
        (with("alg", json!("none")), unknown),
        (with("alg", json!("ECDH-ES")), unknown),
        (with("crv", json!("P-521")), unknown),
        (with("crv", json!("secp256k1")), unknown),
        (with("crv", json!("P-384")), "the coordinates of the key have the wrong length"),
        (with("x", json!("AA")), "the coordinates of the key have the wrong length"),
        (with("x", json!("A A")), not_jwk),
        (with("kid", json!(7)), not_jwk),
        (with("d", json!("AA")), "the key is a private one; a verifier needs the public key alone"),
        (with("kty", json!("AKP")), unknown),
        (set(&[]), none),
        (set(&[&with("use", json!("enc"))]), none),
        (set(&[&with("use", json!("enc")), &jwk]), "in order"),
        (set(&[&jwk, &other]), "in order"),
        (set(&[&jwk, &jwk]), "two keys have the same `kid`"),
        (set(&[&jwk, &secret]), "secrets and public keys cannot stand together"),
        (set(&vec![&jwk; 33]), "there are too many keys"),
        (json!({"keys": jwk}), not_jwk),
        (json!({"keys": ["a"]}), not_jwk),
        (json!([jwk]), not_jwk),
        (json!({}), not_jwk),
    ] {
        let expected_text = expected.to_owned();
        assert_eq!(text(Keys::from_jwk(document.to_string())), expected_text, "{document}");
    }
    let doubled = jwk.to_string().replacen('{', r#"{"use":"enc","#, 1);
    assert_eq!(text(Keys::from_jwk(doubled)), not_jwk);
    let public = Keys::from_jwk(jwk.to_string()).unwrap();
    let mixed = public.and(Keys::from_secret(Algorithm::Hs256, [7; 32]).unwrap());
    assert_eq!(text(mixed), "secrets and public keys cannot stand together");
}

#[test]
fn security_23_what_a_provider_must_not_publish_is_left_out() {
    let good = Signer::new("good").jwk();
    let mut private = Signer::new("private").jwk();
    private["d"] = json!("AA");
    let secret = json!({"kty": "oct", "alg": "HS256", "kid": "secret", "k": encoded([7; 32])});
    let short = json!({"kty": "RSA", "alg": "RS256", "kid": "short", "n": encoded([0xC5; 128]), "e": "AQAB"});
    let set = json!({"keys": [private, secret, short, good]}).to_string();
    let keys = Keys::fetched(set.as_bytes()).unwrap();
    let found = |algorithm, kid| !keys.candidates(algorithm, Some(kid)).is_empty();
    assert!(found(Algorithm::Es256, "good"));
    assert!(!found(Algorithm::Es256, "private"));
    assert!(!found(Algorithm::Hs256, "secret"));
    assert!(!found(Algorithm::Rs256, "short"));
    assert!(!format!("{keys:?}").contains(good["x"].as_str().unwrap()));
}

#[tokio::test]
async fn security_23_a_key_is_found_by_its_name_alone() {
    let (a, b) = (Signer::new("a"), Signer::new("b"));
    let keys = Keys::from_jwk(json!({"keys": [a.jwk(), b.jwk()]}).to_string()).unwrap();
    let verifier = Verifier::new(ISSUER, AUDIENCE, keys);
    let result = async |token: String| verifier.token(&token, now()).await.map(drop);
    assert_eq!(result(a.sign(&good())).await, Ok(()));
    assert_eq!(result(b.sign(&good())).await, Ok(()));
    assert_eq!(result(Signer::new("a").sign(&good())).await, Err(JwtError::Signature));
    assert_eq!(result(Signer::new("c").sign(&good())).await, Err(JwtError::UnknownKey));
    let nameless = signed(r#"{"alg":"ES256"}"#, &good().to_string());
    assert_eq!(result(nameless).await, Err(JwtError::UnknownKey));

    // Secrets without names, while one replaces the other.
    let secret = |byte| Keys::from_secret(Algorithm::Hs256, [byte; 32]).unwrap();
    let keys = secret(1).and(secret(2)).unwrap();
    let verifier = Verifier::new(ISSUER, AUDIENCE, keys);
    for (byte, expected) in [(1, Ok(())), (2, Ok(())), (3, Err(JwtError::Signature))] {
        let token = signed_with(&[byte; 32], r#"{"alg":"HS256"}"#, &good().to_string());
        assert_eq!(verifier.token(&token, now()).await.map(drop), expected);
    }
}
