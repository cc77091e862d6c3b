use bff::get;

#[GET]
fn index() -> &'static str {
    "hello"
}
