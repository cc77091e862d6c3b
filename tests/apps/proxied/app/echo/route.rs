use bff::{
    Json, Request, RequestExt, Response, State,
    cookies::{Cookie, Cookies},
    get, post,
};
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
