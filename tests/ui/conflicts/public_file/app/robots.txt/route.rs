#[bff::get]
fn robots() -> &'static str {
    "User-agent: *"
}
