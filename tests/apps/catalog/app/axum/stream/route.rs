//! A stream behind an extractor that only axum's router can serve.

use bff::{
    State,
    axum::{body::Body, extract::MatchedPath},
    get,
};

use crate::{apps::catalog::Catalog, support::Chunks};

#[get]
async fn show(State(catalog): State<Catalog>, _: MatchedPath) -> Body {
    Chunks::endless().watched(catalog.events).into_body()
}
