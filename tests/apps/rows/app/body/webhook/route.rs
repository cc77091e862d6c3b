use bff::{Json, Problem, Request, RequestExt, Result, http::StatusCode, post};
use serde::Deserialize;

#[derive(Deserialize)]
struct Event {
    id: u32,
}

/// Checks a signature over the exact bytes before it looks into them (RH-121, RH-399).
#[post]
async fn receive(request: Request) -> Result<String> {
    let signature = request.headers().get("x-signature").cloned();
    let bytes = request.bytes().await?;
    let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
    if signature.is_none_or(|signature| signature.as_bytes() != sum.to_string().as_bytes()) {
        return Err(Problem::new(StatusCode::BAD_REQUEST).detail("the signature is wrong").into());
    }
    let Json(event) = Json::<Event>::from_bytes(&bytes)?;
    Ok(format!("event {}", event.id))
}
