use bff::route;

#[route(get)]
fn index() -> &'static str {
    "hello"
}
