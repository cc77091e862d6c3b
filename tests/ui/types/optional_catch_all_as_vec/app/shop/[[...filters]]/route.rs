use bff::get;

#[get]
async fn list(filters: Vec<String>) -> String {
    filters.join("/")
}
