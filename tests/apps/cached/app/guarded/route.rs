use bff::{
    State,
    cookies::Cookies,
    get,
    http::{HeaderMap, StatusCode},
};

use crate::apps::cached::Cached;

/// What is required, counted and allowed is so of every request, also of one that is answered from the store. That the
/// requirement has read all cookies does not give them to the handler.
#[get(
    revalidate = "1h",
    vary = "cookie:realm",
    require = token,
    rate_limit = "3/min by header x-client",
    cors = "https://app.example.com"
)]
async fn show(cookies: Cookies, State(cached): State<Cached>) -> String {
    format!("{} {}", cached.run("guarded"), cookies.has("other"))
}

async fn token(headers: HeaderMap, cookies: Cookies) -> Result<(), StatusCode> {
    let _ = cookies.has("other");
    if headers.contains_key("x-token") { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
}
