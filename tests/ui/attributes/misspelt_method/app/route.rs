use bff::route;

#[route(GTE)]
fn index() -> &'static str {
    "hello"
}
