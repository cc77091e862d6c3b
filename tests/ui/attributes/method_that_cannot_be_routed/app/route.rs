use bff::route;

#[route(TRACE)]
fn index() -> &'static str {
    "hello"
}
