use bff::{State, get, post};

use crate::apps::catalog::{Catalog, Visits};

/// A part of the state, through `FromRef`.
#[get]
async fn show(State(visits): State<Visits>) -> String {
    visits.count().to_string()
}

#[post]
async fn visit(State(catalog): State<Catalog>) -> String {
    catalog.visits.add().to_string()
}
