use bff::{cookies::Cookies, get, post, request_id::RequestId};

#[get]
async fn show(id: RequestId, cookies: Cookies) -> String {
    let cookies: Vec<String> =
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{id} {}", cookies.join(","))
}

#[post]
async fn read(body: String) -> String {
    body
}
