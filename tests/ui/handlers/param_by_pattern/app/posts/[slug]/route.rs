use bff::get;

#[get]
async fn show(ref slug: String) -> String {
    slug.clone()
}
