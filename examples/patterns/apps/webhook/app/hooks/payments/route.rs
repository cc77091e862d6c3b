use base64::{Engine, prelude::BASE64_STANDARD};
use bff::{Json, Problem, Request, RequestExt, Result, State, after, http::StatusCode, post};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;

#[derive(Deserialize)]
struct Event {
    kind: String,
    id: u64,
}

/// The sender waits for the answer and sends again without one, so the work comes after it.
#[post]
async fn payment(State(key): State<Hmac<Sha256>>, request: Request) -> Result<&'static str> {
    let signature = request.header("x-signature").and_then(|it| BASE64_STANDARD.decode(&*it).ok());
    let bytes = request.bytes().await?;
    // Takes as long for any signature: how much of it was right cannot be measured.
    let is_genuine = |signature: Vec<u8>| key.chain_update(&bytes).verify_slice(&signature).is_ok();
    if !signature.is_some_and(is_genuine) {
        Err(Problem::new(StatusCode::BAD_REQUEST).detail("the signature does not match"))?;
    }
    let Json(Event { kind, id }) = Json::from_bytes(&bytes)?;
    after(async move { println!("payment {id} is {kind}") });
    Ok("received")
}
