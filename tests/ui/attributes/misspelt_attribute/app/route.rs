#[bff::gte]
fn index() -> &'static str {
    "hello"
}
