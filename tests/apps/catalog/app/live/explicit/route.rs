use bff::{State, axum::body::Body, get, head};

use crate::{apps::catalog::Catalog, support::Chunks};

#[get]
async fn show() -> &'static str {
    "get"
}

/// A handler for HEAD may be careless and return a stream.
#[head]
async fn probe(State(catalog): State<Catalog>) -> Body {
    Chunks::endless().watched(catalog.events).into_body()
}
