use bff::get;

#[get]
fn show() -> &'static str {
    "own"
}
