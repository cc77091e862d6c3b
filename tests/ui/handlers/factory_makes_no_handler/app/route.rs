use bff::{Handler, get};

#[get]
fn index() -> impl Handler {
    "hello"
}
