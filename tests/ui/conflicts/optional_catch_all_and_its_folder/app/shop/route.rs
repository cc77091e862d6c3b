#[bff::get]
fn index() -> &'static str {
    "shop"
}
