#[bff::get]
fn index() -> &'static str {
    "all"
}
