#[bff::get]
async fn show(slug: String) -> String {
    format!("slug {slug}")
}
