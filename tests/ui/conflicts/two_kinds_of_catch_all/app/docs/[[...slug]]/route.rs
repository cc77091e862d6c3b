#[bff::get]
async fn show(slug: Option<Vec<String>>) -> String {
    slug.unwrap_or_default().join("/")
}
