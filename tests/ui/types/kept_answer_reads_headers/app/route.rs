use bff::{cookies::Cookies, get, http::HeaderMap};

#[get(revalidate = "60s", vary = ["cookie:theme"])]
async fn index(cookies: Cookies, headers: HeaderMap) -> String {
    format!("{} {}", cookies.has("theme"), headers.len())
}
