#[bff::get]
fn health() -> &'static str {
    "up"
}
