use bff::get;

#[get]
async fn show(slug: &str) -> String {
    slug.to_owned()
}
