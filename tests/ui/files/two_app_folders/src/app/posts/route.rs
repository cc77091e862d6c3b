#[bff::get]
fn index() -> &'static str {
    "posts"
}
