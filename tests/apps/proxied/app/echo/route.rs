use bff::{
    Json, Request, RequestExt, Response, State,
    cookies::{Cookie, Cookies},
    get, post, put,
};
use futures_util::StreamExt;
use serde_json::{Value, json};

use super::Proxying;

#[get]
async fn show(State(app): State<Proxying>, request: Request) -> Response {
    app.handled.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let headers: serde_json::Map<String, Value> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap_or("?"))))
        .collect();
    let cookies: Vec<(String, String)> = request.cookies().iter().collect();
    let body = json!({ "uri": request.uri().to_string(), "sent": request.url().href(), "headers": headers, "cookies": cookies });
    bff::IntoResponse::into_response(([("x-same", "handler"), ("vary", "x-handler")], Json(body)))
}

#[post]
async fn read(cookies: Cookies, body: String) -> bff::Result<String> {
    cookies.set(Cookie::new("old", "handler")?);
    Ok(body.len().to_string())
}

/// How many bytes came, and a number that changes when one of them does or two are swapped.
#[put]
async fn count(request: Request) -> bff::Result<String> {
    let (mut length, mut sum) = (0_u64, 0_u64);
    let mut chunks = request.into_body().into_data_stream();
    while let Some(chunk) = chunks.next().await {
        for byte in chunk? {
            length += 1;
            sum = sum.wrapping_mul(31).wrapping_add(u64::from(byte));
        }
    }
    Ok(format!("{length} {sum}"))
}
