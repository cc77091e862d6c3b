use ring::hmac;
use serde_json::json;

use super::support::{AUDIENCE, ISSUER, RSA, encoded, good, now, signed, signed_with, verifier};
use crate::jwt::{Algorithm, JwtError, Keys, Verifier};

async fn result(verifier: &Verifier, token: &str) -> Result<(), JwtError> {
    verifier.token(token, now()).await.map(drop)
}

#[tokio::test]
async fn attack_26_what_a_header_asks_for_is_not_done() {
    use JwtError::{Algorithm, Header, Malformed, Type};

    let claims = good().to_string();
    for (header, expected) in [
        (r#"{"alg":"HS256"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"JWT"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"jwt"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"at+jwt"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"application/at+JWT"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"dpop+jwt"}"#, Err(Type)),
        (r#"{"alg":"HS256","typ":"logout+jwt"}"#, Err(Type)),
        (r#"{"alg":"HS256","typ":"a/JWT"}"#, Err(Type)),
        (r#"{"alg":"HS256","typ":"application/x/JWT"}"#, Err(Type)),
        (r#"{"alg":"HS256","typ":""}"#, Err(Type)),
        (r#"{"alg":"HS256","typ":7}"#, Err(Header)),
        // A name to look up, and nothing else: the key here has none.
        (r#"{"alg":"HS256","kid":"../../dev/null"}"#, Ok(())),
        (r#"{"alg":"HS256","kid":"x' UNION SELECT 'secret"}"#, Ok(())),
        (r#"{"alg":"HS256","kid":7}"#, Err(Header)),
        (r#"{"alg":"HS256","kid":null}"#, Err(Header)),
        // They would name a key, and are not looked at.
        (
            r#"{"alg":"HS256","jku":"https://evil.example/keys","x5u":"https://evil.example"}"#,
            Ok(()),
        ),
        (r#"{"alg":"HS256","jwk":{"kty":"oct","k":"AA"},"x5c":["AA"]}"#, Ok(())),
        (r#"{"alg":"HS256","crit":["exp"],"exp":1}"#, Err(Header)),
        (r#"{"alg":"HS256","crit":[]}"#, Err(Header)),
        (r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#, Err(Header)),
        (r#"{"alg":"HS256","b64":false}"#, Err(Header)),
        (r#"{"alg":"none"}"#, Err(Algorithm)),
        (r#"{"alg":"None"}"#, Err(Algorithm)),
        (r#"{"alg":"nOnE"}"#, Err(Algorithm)),
        (r#"{"alg":""}"#, Err(Algorithm)),
        (r#"{"alg":"hs256"}"#, Err(Algorithm)),
        (r#"{"alg":"HS1"}"#, Err(Algorithm)),
        (r#"{}"#, Err(Algorithm)),
        (r#"{"alg":["HS256"]}"#, Err(Header)),
        (r#"{"alg":null}"#, Err(Header)),
        (r#"{"alg":"HS256","alg":"HS256"}"#, Err(Malformed)),
        (r#"{"alg":"none","alg":"HS256"}"#, Err(Malformed)),
        (r#"{"alg":"HS256","\u0061lg":"none"}"#, Err(Malformed)),
        (r#"{"alg":"HS256","kid":"a","kid":"b"}"#, Err(Malformed)),
        (r#"{"alg":"HS256"} "#, Ok(())),
        (r#"{"alg":"HS256"}x"#, Err(Malformed)),
        (r#"["HS256"]"#, Err(Malformed)),
        (r#"HS256"#, Err(Malformed)),
        // What a key of another kind, or of another hash, would have signed.
        (r#"{"alg":"HS384"}"#, Err(JwtError::UnknownKey)),
        (r#"{"alg":"RS256"}"#, Err(JwtError::UnknownKey)),
        (r#"{"alg":"ES256"}"#, Err(JwtError::UnknownKey)),
    ] {
        assert_eq!(result(&verifier(), &signed(header, &claims)).await, expected, "{header}");
    }
}

#[tokio::test]
async fn attack_26_a_token_has_one_form() {
    let good = signed(r#"{"alg":"HS256"}"#, &good().to_string());
    let [header, body, signature] = good.split('.').collect::<Vec<_>>()[..] else { panic!() };
    let verifier = verifier();
    assert_eq!(result(&verifier, &good).await, Ok(()));
    for (token, expected) in [
        (String::new(), JwtError::Malformed),
        ("..".to_owned(), JwtError::Malformed),
        (format!("{header}.{body}"), JwtError::Malformed),
        (format!("{header}.{body}."), JwtError::Signature),
        (format!("{header}..{signature}"), JwtError::Signature),
        (format!(".{body}.{signature}"), JwtError::Malformed),
        (format!("{good}."), JwtError::Signature),
        (format!("{good}.{signature}"), JwtError::Signature),
        (format!("{good}.{signature}.{signature}"), JwtError::Signature),
        (format!(" {good}"), JwtError::Malformed),
        (format!("{good} "), JwtError::Malformed),
        (format!("{good}\n"), JwtError::Malformed),
        (format!("{good}="), JwtError::Malformed),
        (format!("{header}=.{body}.{signature}"), JwtError::Malformed),
        (format!("{header}.{body}=.{signature}"), JwtError::Signature),
        (format!("{good}é"), JwtError::Malformed),
        (
            json!({"payload": body, "protected": header, "signature": signature}).to_string(),
            JwtError::Malformed,
        ),
        (format!("{header}.{body}.{signature}{}", "A".repeat(1 << 20)), JwtError::TooLarge),
        ("A".repeat(1 << 20), JwtError::TooLarge),
        (".".repeat(16 * 1024), JwtError::Malformed),
    ] {
        let start: String = token.chars().take(200).collect();
        assert_eq!(result(&verifier, &token).await, Err(expected), "{start}");
    }
}

/// A secret that says nothing of the base64url: it signs the text as it is sent.
#[tokio::test]
async fn attack_26_sloppy_base64_that_was_signed_is_refused() {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &super::support::SECRET);
    let claims = encoded(good().to_string());
    for body in
        [format!("{claims}="), format!(" {claims}"), format!("{claims}?"), format!("{claims}.")]
    {
        let text = format!("{}.{body}", encoded(r#"{"alg":"HS256"}"#));
        let token = format!("{text}.{}", encoded(hmac::sign(&key, text.as_bytes())));
        assert_eq!(result(&verifier(), &token).await, Err(JwtError::Malformed), "{body}");
    }
}

#[tokio::test]
async fn attack_26_a_public_key_is_never_a_secret() {
    let keys = Keys::from_pem(Algorithm::Rs256, RSA).unwrap();
    let verifier = Verifier::new(ISSUER, AUDIENCE, keys);
    for secret in [RSA, RSA.trim_end()] {
        let token = signed_with(secret.as_bytes(), r#"{"alg":"HS256"}"#, &good().to_string());
        assert_eq!(result(&verifier, &token).await, Err(JwtError::UnknownKey));
        let token = signed_with(secret.as_bytes(), r#"{"alg":"RS256"}"#, &good().to_string());
        assert_eq!(result(&verifier, &token).await, Err(JwtError::Signature));
    }
}

#[tokio::test]
async fn security_23_a_verifier_can_be_stricter_than_its_keys() {
    let claims = good().to_string();
    let plain = signed(r#"{"alg":"HS256"}"#, &claims);
    let access = signed(r#"{"alg":"HS256","typ":"at+jwt"}"#, &claims);
    let id = signed(r#"{"alg":"HS256","typ":"JWT"}"#, &claims);
    let wants_access = verifier().typ("application/at+jwt");
    let wants_id = verifier().typ("JWT");
    assert_eq!(result(&wants_access, &access).await, Ok(()));
    assert_eq!(result(&wants_access, &id).await, Err(JwtError::Type));
    assert_eq!(result(&wants_access, &plain).await, Err(JwtError::Type));
    assert_eq!(result(&wants_id, &access).await, Err(JwtError::Type));
    assert_eq!(result(&wants_id, &id).await, Ok(()));
    assert_eq!(result(&wants_id, &plain).await, Ok(()));
    let other = verifier().algorithms([Algorithm::Hs512]);
    assert_eq!(result(&other, &plain).await, Err(JwtError::Algorithm));
}
