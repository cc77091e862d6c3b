use bff::{get, http::HeaderMap};

#[get(revalidate = "60s", vary = ["accept-language"])]
async fn agent(headers: HeaderMap) -> String {
    format!("{:?}", headers.get("accept-language"))
}
