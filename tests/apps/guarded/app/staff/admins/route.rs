use bff::{get, http::HeaderMap, http::StatusCode};

/// The rule has taken away what wider ones require; this is the handler's own.
#[get(require = admin)]
async fn admins() -> &'static str {
    "admins"
}

async fn admin(headers: HeaderMap) -> Result<(), StatusCode> {
    if headers.contains_key("x-admin") { Ok(()) } else { Err(StatusCode::IM_A_TEAPOT) }
}
