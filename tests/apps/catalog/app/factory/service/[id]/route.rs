use bff::{Handler, Path, axum::routing, get, handler::service};

/// A tower service as a handler.
#[get]
fn nested() -> impl Handler {
    service(routing::get(async |Path(id): Path<String>| format!("service {id}")))
}
