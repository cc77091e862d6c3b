use bff::{Handler, get, post};

use crate::notes;

/// Runs once, when the router is built; what it returns answers every GET and POST below `/notes`.
#[get]
#[post]
fn handler() -> impl Handler {
    notes::handler(100)
}
