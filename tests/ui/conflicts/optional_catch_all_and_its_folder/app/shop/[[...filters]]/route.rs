#[bff::get]
async fn list(filters: Option<Vec<String>>) -> String {
    filters.unwrap_or_default().join("/")
}
