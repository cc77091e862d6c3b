use bff::get;

#[get]
async fn show<'a>(slug: &'a str) -> &'a str {
    slug
}
