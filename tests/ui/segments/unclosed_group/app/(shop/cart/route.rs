#[bff::get]
fn cart() -> &'static str {
    "cart"
}
