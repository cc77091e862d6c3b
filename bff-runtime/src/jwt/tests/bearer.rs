use axum::{
    Router,
    extract::{FromRef, FromRequestParts as _},
    routing::get,
};
use http::{HeaderValue, Request, header};
use serde::Deserialize;
use serde_json::json;

use super::support::{AUDIENCE, ISSUER, good_today, signed, signed_with, verifier};
use crate::{
    Result,
    jwt::{Algorithm, Bearer, Keys, Verifier},
    testing::client,
};

const HEADER: &str = r#"{"alg":"HS256"}"#;

#[derive(Clone)]
struct App {
    verifier: Verifier,
}

impl FromRef<App> for Verifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

#[derive(Deserialize)]
struct Claims {
    tenant: Option<String>,
}

fn app() -> Router {
    async fn who(token: Bearer<Claims>) -> String {
        format!("{:?} {:?}", token.subject(), token.claims.tenant)
    }
    async fn read(token: Bearer) -> Result<&'static str> {
        token.require_scope("posts:read")?;
        Ok("read")
    }
    async fn write(token: Bearer) -> Result<()> {
        token.require_scope("posts:write")
    }
    async fn odd(token: Bearer) -> Result<()> {
        token.require_scope("a \"b\"\r\n")
    }
    Router::new()
        .route("/who", get(who))
        .route("/read", get(read))
        .route("/write", get(write))
        .route("/odd", get(odd))
        .with_state(App { verifier: verifier() })
}

#[tokio::test]
async fn security_55_attack_26_the_header_is_read_strictly_and_the_answer_tells_nothing_more() {
    let token = signed(HEADER, &good_today().to_string());
    let other = signed_with(&[8; 32], HEADER, &good_today().to_string());
    let mut late = good_today();
    late["exp"] = json!(1_000_000_000);
    let late = signed(HEADER, &late.to_string());
    let mut odd = good_today();
    odd["tenant"] = json!(7);
    let odd = signed(HEADER, &odd.to_string());
    let none = format!("Bearer realm=\"{AUDIENCE}\"");
    let invalid = "Bearer error=\"invalid_token\"";
    for (lines, status, challenge) in [
        (vec![format!("Bearer {token}")], 200, None),
        (vec![format!("bearer {token}")], 200, None),
        (vec![format!("BEARER {token}")], 200, None),
        (vec![], 401, Some(&*none)),
        (vec![String::new()], 401, Some(&none)),
        (vec!["Basic YTpi".to_owned()], 401, Some(&none)),
        (vec![token.clone()], 401, Some(&none)),
        (vec![format!("Bearer{token}")], 401, Some(&none)),
        (vec![format!("Bearer\t{token}")], 401, Some(&none)),
        (vec![format!("Token {token}")], 401, Some(&none)),
        (vec!["Bearer".to_owned()], 401, Some(invalid)),
        (vec!["Bearer ".to_owned()], 401, Some(invalid)),
        (vec![format!("Bearer  {token}")], 401, Some(invalid)),
        (vec![format!("Bearer {token}, Bearer {token}")], 401, Some(invalid)),
        (vec![format!("Bearer \"{token}\"")], 401, Some(invalid)),
        (vec![format!("Bearer {}", "A".repeat(20_000))], 401, Some(invalid)),
        (vec![format!("Bearer {other}")], 401, Some(invalid)),
        (vec![format!("Bearer {late}")], 401, Some(invalid)),
        (vec![format!("Bearer {odd}")], 401, Some(invalid)),
        (
            vec![format!("Bearer {token}"), format!("Bearer {token}")],
            400,
            Some("Bearer error=\"invalid_request\""),
        ),
        (
            vec!["Basic YTpi".to_owned(), format!("Bearer {token}")],
            400,
            Some("Bearer error=\"invalid_request\""),
        ),
    ] {
        let client = client(app());
        // The form of RFC 6750 section 2.3, which is not looked at.
        let mut request = client.get(&format!("/who?access_token={token}"));
        for line in &lines {
            request = request.header("authorization", line.as_str());
        }
        let response = request.await;
        let start: String = format!("{lines:?}").chars().take(60).collect();
        assert_eq!(response.status(), status, "{start}");
        assert_eq!(response.header("www-authenticate"), challenge, "{start}");
        if status != 200 {
            assert_eq!(response.header("content-type"), Some("application/problem+json"));
            let text = response.text();
            assert!(!text.contains("detail") && !text.contains(&token[..20]), "{text}");
        }
    }
}

#[tokio::test]
async fn a_scope_that_a_token_lacks_is_named() {
    let token = format!("Bearer {}", signed(HEADER, &good_today().to_string()));
    for (path, status, challenge) in [
        ("/read", 200, None),
        ("/write", 403, Some("Bearer error=\"insufficient_scope\", scope=\"posts:write\"")),
        ("/odd", 403, Some("Bearer error=\"insufficient_scope\"")),
    ] {
        let response = client(app()).get(path).header("authorization", token.as_str()).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.header("www-authenticate"), challenge, "{path}");
    }
}

#[tokio::test]
async fn a_token_that_was_verified_is_so_for_its_verifier_and_its_text_alone() {
    let good = format!("Bearer {}", signed(HEADER, &good_today().to_string()));
    let forged = signed_with(&[8; 32], HEADER, &good_today().to_string());
    let forged = format!("Bearer {forged}");
    let other = Keys::from_secret(Algorithm::Hs256, [9; 32]).unwrap();
    let other = App { verifier: Verifier::new(ISSUER, AUDIENCE, other) };
    let app = App { verifier: verifier() };

    let request = Request::get("/").header(header::AUTHORIZATION, &good);
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    assert!(<Bearer>::from_request_parts(&mut parts, &app).await.is_ok());
    assert!(Bearer::<Claims>::from_request_parts(&mut parts, &app).await.is_ok());
    // Of an app that is nested in it, say.
    assert!(<Bearer>::from_request_parts(&mut parts, &other).await.is_err());
    let strict = App { verifier: app.verifier.clone().typ("at+jwt") };
    assert!(<Bearer>::from_request_parts(&mut parts, &strict).await.is_err());
    parts.headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&forged).unwrap());
    assert!(<Bearer>::from_request_parts(&mut parts, &app).await.is_err());
    parts.headers.remove(header::AUTHORIZATION);
    assert!(<Bearer>::from_request_parts(&mut parts, &app).await.is_err());
}
