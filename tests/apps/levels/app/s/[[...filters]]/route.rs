#[bff::get]
async fn show(filters: Option<Vec<String>>) -> String {
    format!("filters {filters:?}")
}
