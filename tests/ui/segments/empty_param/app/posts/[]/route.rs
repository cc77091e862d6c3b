#[bff::get]
fn show() -> &'static str {
    "post"
}
