use bff::{Json, http::HeaderMap, post};

#[post]
async fn create(Json(title): Json<String>, headers: HeaderMap) -> String {
    format!("{title} {headers:?}")
}
