#[bff::get]
async fn show(path: Vec<String>) -> bff::Json<Vec<String>> {
    bff::Json(path)
}
