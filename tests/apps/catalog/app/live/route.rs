use bff::{State, axum::body::Body, get};

use crate::{apps::catalog::Catalog, support::Chunks};

/// A stream that never ends by itself and tells the test what becomes of it.
#[get]
async fn show(State(catalog): State<Catalog>) -> Body {
    Chunks::endless().watched(catalog.events).into_body()
}
