use bff::route;

#[route()]
fn index() -> &'static str {
    "hello"
}
