#[bff::get]
async fn show(r#type: String) -> String {
    format!("type {}", r#type)
}
