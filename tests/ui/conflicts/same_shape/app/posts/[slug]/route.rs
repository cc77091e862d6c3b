#[bff::get]
async fn show(slug: String) -> String {
    slug
}
