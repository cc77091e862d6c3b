#[bff::get]
async fn show(bff::Path(id): bff::Path<String>) -> String {
    format!("odd {id}")
}
