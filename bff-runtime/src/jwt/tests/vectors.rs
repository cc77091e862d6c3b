use std::{io::Write as _, path::PathBuf};

use serde_json::Value;

use super::support::{AUDIENCE, ISSUER};
use crate::jwt::{JwtError, Keys, Verifier};

/// In the form of Wycheproof's, made with another library: every algorithm, ES256 with the higher one of the two values
/// of `s`.
const OWN: &str = include_str!("own.json");

/// What the policy refuses of that which the vectors call valid, why, and what the log says of it.
const OUT_OF_POLICY: &[(&str, u64, JwtError, &str)] = &[
    ("json_web_signature", 346, JwtError::UnknownKey, "the key is for PS256, the token is PS384"),
    ("json_web_signature", 350, JwtError::UnknownKey, "the key is for PS256, the token is PS384"),
    ("json_web_signature", 347, JwtError::Algorithm, "ES512, and the key calls it ES521"),
    ("json_web_signature", 351, JwtError::Algorithm, "ES512, and the key calls it ES521"),
    ("json_web_signature", 372, JwtError::Malformed, "`?` within base64url, which others skip"),
    (
        "json_web_signature",
        373,
        JwtError::Signature,
        "the same, and it is no part of what was signed",
    ),
];

/// Called invalid and, to the letter, the token of the first number, which is called valid: padding was meant to be
/// in it. No verifier can tell the two apart.
const COPIES: &[(&str, u64, u64)] =
    &[("json_web_signature", 357, 367), ("json_web_signature", 357, 370)];

/// How many were accepted; any that was accepted against the vectors fails the test.
async fn accepted(name: &str, json: &str) -> (usize, usize) {
    let document: Value = serde_json::from_str(json).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for group in document["testGroups"].as_array().unwrap() {
        let key = group.get("public").or_else(|| group.get("private")).unwrap().to_string();
        let verifier = Keys::from_jwk(key).map(|keys| Verifier::new(ISSUER, AUDIENCE, keys));
        for test in group["tests"].as_array().unwrap() {
            // Encrypted ones have another member.
            let Some(token) = test.get("jws") else { continue };
            let token = token.as_str().map_or_else(|| token.to_string(), str::to_owned);
            let verified = match &verifier {
                Ok(verifier) => verifier.signed_body(&token).await.map(drop),
                // A key that is for nothing verifies nothing.
                Err(_) => Err(JwtError::Algorithm),
            };
            let is_accepted = verified.is_ok();
            let id = test["tcId"].as_u64().unwrap();
            if let Some((.., original, _)) = COPIES.iter().find(|it| (it.0, it.2) == (name, id)) {
                let mut tests = group["tests"].as_array().unwrap().iter();
                assert_eq!(tests.find(|it| it["tcId"] == *original).unwrap()["jws"], token, "{id}");
                continue;
            }
            let refused_for = OUT_OF_POLICY.iter().find(|it| (it.0, it.1) == (name, id));
            if let Some((.., error, why)) = refused_for {
                assert_eq!(test["result"], "valid", "{id}");
                assert_eq!(verified, Err(*error), "{name} {id}: {why}");
            }
            let expected = test["result"] == "valid" && refused_for.is_none();
            assert_eq!(is_accepted, expected, "{name} {id}: {group}");
            accepted += usize::from(is_accepted);
            refused += usize::from(!is_accepted);
        }
    }
    (accepted, refused)
}

/// Wycheproof, when `BFF_VECTORS` names the folder of the public vectors, and the own table always.
///
/// Of those that are invalid, jsonwebtoken 11 accepts ten when it is given the key as it is: tcId 353 to 356, a key for
/// encryption; 368, 369, 371 and 375, sloppy base64url; and the two copies. Without the `alg` of the key it accepts five
/// more (332, 334, 336, 338, 340), and of the 21 bad keys 17.
#[tokio::test]
async fn security_55_attack_26_no_invalid_vector_is_accepted() {
    assert_eq!(accepted("own", OWN).await, (12, 115));
    let Some(folder) = std::env::var_os("BFF_VECTORS") else {
        let said =
            writeln!(std::io::stderr(), "BFF_VECTORS is not set: only the own vectors are run");
        assert!(said.is_ok());
        return;
    };
    let (mut all, mut invalid) = (0, 0);
    for (name, expected) in
        [("json_web_signature", (40, 359)), ("json_web_key", (5, 21)), ("json_web_crypto", (4, 45))]
    {
        let path = PathBuf::from(&folder).join(format!("jws/{name}_test.json"));
        let json = std::fs::read_to_string(path).expect("the vectors are where BFF_VECTORS says");
        let counted = accepted(name, &json).await;
        assert_eq!(counted, expected, "{name}");
        all += counted.0;
        invalid += counted.1;
    }
    // All that are valid but for the six out of policy, and not one of the others.
    assert_eq!((all, invalid), (49, 425));
}
