use bff::post;

#[post]
async fn create(Json(title): Json<String>) -> String {
    title
}
