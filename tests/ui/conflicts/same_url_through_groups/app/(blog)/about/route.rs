#[bff::get]
fn about() -> &'static str {
    "about the blog"
}
