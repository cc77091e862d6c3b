#[bff::get]
fn index() -> &'static str {
    "hello"
}
