#[bff::get]
async fn items(filters: Option<Vec<String>>) -> String {
    filters.unwrap_or_default().join("/")
}
