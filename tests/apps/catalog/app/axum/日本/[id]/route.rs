#[bff::get]
async fn show(bff::Path(id): bff::Path<String>) -> String {
    format!("日本 {id}")
}
