use bff::{cookies::Cookies, get, post};

#[get]
async fn show(cookies: Cookies, rest: Vec<String>) -> String {
    format!("{} {}", rest.join("/"), cookies.get("visits").unwrap_or_default())
}

#[post]
async fn read(body: String) -> String {
    body.len().to_string()
}
