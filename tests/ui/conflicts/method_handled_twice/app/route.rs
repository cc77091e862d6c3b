use bff::{get, route};

#[get]
fn index() -> &'static str {
    "hello"
}

#[route(HEAD, GET)]
fn again() -> &'static str {
    "hello again"
}
