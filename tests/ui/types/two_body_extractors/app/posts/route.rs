use bff::{Json, post};

#[post]
async fn create(Json(title): Json<String>, text: String) -> String {
    title + &text
}
