use bff::{get, route};

#[get]
#[route(GET, HEAD)]
fn index() -> &'static str {
    "hello"
}
