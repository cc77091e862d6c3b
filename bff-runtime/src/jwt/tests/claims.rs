use std::time::Duration;

use serde_json::{Value, json};

use super::support::{AUDIENCE, ISSUER, NOW, good, now, signed, verifier};
use crate::jwt::{JwtError, Verified, Verifier};

const HEADER: &str = r#"{"alg":"HS256"}"#;

async fn result(verifier: &Verifier, claims: &str) -> Result<(), JwtError> {
    verifier.token(&signed(HEADER, claims), now()).await.map(drop)
}

/// Good claims with one replaced, or without it.
fn with(name: &str, value: Option<Value>) -> String {
    let mut claims = good();
    let members = claims.as_object_mut().unwrap();
    match value {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    claims.to_string()
}

#[tokio::test]
async fn security_55_attack_26_each_claim_has_its_type_and_its_time() {
    use JwtError::{Audience, Claim, Expired, Issuer, NotYetValid};

    let verifier = verifier();
    let exp = Err(Claim("exp"));
    for (name, value, expected) in [
        ("exp", Some(json!(NOW + 300)), Ok(())),
        ("exp", Some(json!(NOW as f64 + 0.5)), Ok(())),
        ("exp", Some(json!(NOW - 59)), Ok(())),
        ("exp", Some(json!(NOW - 60)), Err(Expired)),
        ("exp", Some(json!(NOW - 3600)), Err(Expired)),
        ("exp", Some(json!(0)), Err(Expired)),
        ("exp", None, exp),
        ("exp", Some(json!((NOW + 300).to_string())), exp),
        ("exp", Some(json!(null)), exp),
        ("exp", Some(json!(true)), exp),
        ("exp", Some(json!([NOW + 300])), exp),
        ("exp", Some(json!({"at": NOW + 300})), exp),
        ("exp", Some(json!(-1)), exp),
        ("exp", Some(json!(1e300)), exp),
        // Milliseconds would be tens of thousands of years.
        ("exp", Some(json!((NOW + 300) * 1000)), exp),
        ("exp", Some(json!(u64::MAX)), exp),
        ("nbf", Some(json!(NOW)), Ok(())),
        ("nbf", Some(json!(NOW + 60)), Ok(())),
        ("nbf", Some(json!(NOW + 61)), Err(NotYetValid)),
        ("nbf", Some(json!((NOW - 9).to_string())), Err(Claim("nbf"))),
        ("nbf", Some(json!(null)), Err(Claim("nbf"))),
        ("nbf", Some(json!([])), Err(Claim("nbf"))),
        ("iat", Some(json!(NOW - 300)), Ok(())),
        ("iat", Some(json!(NOW + 61)), Err(NotYetValid)),
        ("iat", Some(json!("yesterday")), Err(Claim("iat"))),
        ("iss", None, Err(Claim("iss"))),
        ("iss", Some(json!(null)), Err(Claim("iss"))),
        ("iss", Some(json!([ISSUER])), Err(Claim("iss"))),
        ("iss", Some(json!("")), Err(Issuer)),
        ("iss", Some(json!("https://issuer.example/")), Err(Issuer)),
        ("iss", Some(json!("https://issuer.example.evil.example")), Err(Issuer)),
        ("iss", Some(json!("HTTPS://ISSUER.EXAMPLE")), Err(Issuer)),
        ("aud", Some(json!([AUDIENCE])), Ok(())),
        ("aud", Some(json!(["https://other.example", AUDIENCE])), Ok(())),
        ("aud", None, Err(Claim("aud"))),
        ("aud", Some(json!(null)), Err(Claim("aud"))),
        ("aud", Some(json!({AUDIENCE: true})), Err(Claim("aud"))),
        ("aud", Some(json!([AUDIENCE, 7])), Err(Claim("aud"))),
        ("aud", Some(json!([[AUDIENCE]])), Err(Claim("aud"))),
        ("aud", Some(json!([])), Err(Audience)),
        ("aud", Some(json!("")), Err(Audience)),
        ("aud", Some(json!("https://other.example")), Err(Audience)),
        ("aud", Some(json!(["https://other.example"])), Err(Audience)),
        ("aud", Some(json!(format!("{AUDIENCE} https://other.example"))), Err(Audience)),
        ("aud", Some(json!(&AUDIENCE[..8])), Err(Audience)),
        ("sub", None, Ok(())),
        ("sub", Some(json!(7)), Err(Claim("sub"))),
        ("jti", Some(json!(7)), Err(Claim("jti"))),
        ("scope", Some(json!({"posts": "write"})), Err(Claim("scope"))),
        ("scp", Some(json!([7])), Err(Claim("scp"))),
    ] {
        let claims = with(name, value);
        assert_eq!(result(&verifier, &claims).await, expected, "{claims}");
    }
}

#[tokio::test]
async fn security_55_attack_26_claims_are_one_json_object_without_doubles() {
    let good = good().to_string();
    let more = |member: &str| good.replacen('{', &format!("{{{member},"), 1);
    for (claims, expected) in [
        (good.clone(), Ok(())),
        (more(r#""role":"admin""#), Ok(())),
        (more(r#""exp":1e400"#), Err(JwtError::Malformed)),
        (more(r#""exp":9999999999"#), Err(JwtError::Malformed)),
        (more(r#""\u0061ud":"https://api.example""#), Err(JwtError::Malformed)),
        (more(r#""role":"user","role":"admin""#), Err(JwtError::Malformed)),
        (format!("{good}{good}"), Err(JwtError::Malformed)),
        (format!("[{good}]"), Err(JwtError::Malformed)),
        (String::new(), Err(JwtError::Malformed)),
        ("null".to_owned(), Err(JwtError::Malformed)),
        // What a nested token looks like.
        (signed(HEADER, &good), Err(JwtError::Malformed)),
    ] {
        assert_eq!(result(&verifier(), &claims).await, expected, "{claims}");
    }
}

#[tokio::test]
async fn security_23_leeway_is_a_minute_at_most_and_settings_that_are_empty_accept_nothing() {
    let late = |seconds: u64| with("exp", Some(json!(NOW - seconds)));
    let five = verifier().leeway(Duration::from_secs(5));
    let hour = verifier().leeway(Duration::from_secs(3600));
    assert_eq!(result(&five, &late(4)).await, Ok(()));
    assert_eq!(result(&five, &late(5)).await, Err(JwtError::Expired));
    assert_eq!(result(&hour, &late(59)).await, Ok(()));
    assert_eq!(result(&hour, &late(60)).await, Err(JwtError::Expired));

    let keys = || {
        let secret = super::support::SECRET;
        crate::jwt::Keys::from_secret(crate::jwt::Algorithm::Hs256, secret).unwrap()
    };
    let claims = json!({"iss": "", "aud": "", "exp": NOW + 300}).to_string();
    let nobody = Verifier::new("", "", keys());
    assert_eq!(result(&nobody, &claims).await, Err(JwtError::Issuer));
    let claims = json!({"iss": ISSUER, "aud": "", "exp": NOW + 300}).to_string();
    let nothing = Verifier::new(ISSUER, "", keys());
    assert_eq!(result(&nothing, &claims).await, Err(JwtError::Audience));
}

#[tokio::test]
async fn a_verified_token_says_what_it_says() {
    #[derive(serde::Deserialize)]
    struct Claims {
        tenant: String,
        sub: String,
    }
    let mut claims = good();
    claims["tenant"] = json!("north");
    claims["scope"] = json!("posts:read  posts:write");
    claims["scp"] = json!(["me"]);
    claims["iat"] = json!(NOW - 10);
    claims["jti"] = json!("t-1");
    let token = verifier().token(&signed(HEADER, &claims.to_string()), now()).await.unwrap();
    let token: Verified<Claims> = Verified::new(&token).unwrap();
    assert_eq!((&*token.claims.tenant, &*token.claims.sub), ("north", "ada"));
    assert_eq!((token.subject(), token.id()), (Some("ada"), Some("t-1")));
    assert_eq!((token.issuer(), token.audience().collect::<Vec<_>>()), (ISSUER, vec![AUDIENCE]));
    assert_eq!(token.expires(), now() + Duration::from_secs(300));
    assert_eq!(token.issued(), Some(now() - Duration::from_secs(10)));
    assert_eq!(token.scopes().collect::<Vec<_>>(), ["posts:read", "posts:write", "me"]);
    assert!(token.has_scope("me") && !token.has_scope("Me") && !token.has_scope(""));
    assert!(!token.has_scope("posts") && !token.has_scope("posts:read posts:write"));
    assert!(!format!("{token:?}").contains("ada"));

    let bare = verifier().token(&signed(HEADER, &good().to_string()), now()).await.unwrap();
    assert_eq!(Verified::<Claims>::new(&bare).unwrap_err(), JwtError::Claims);
}
