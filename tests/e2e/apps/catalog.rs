//! With state: params of every kind, literals, axum's extractors, factories, methods of other registries.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bff::axum::extract::FromRef;

use crate::support::Events;

bff::app!(state = Catalog, dir = "apps/catalog/app");

/// The state of the app. Each test makes its own, so no test sees another.
#[derive(Clone, Default)]
pub(crate) struct Catalog {
    pub(crate) visits: Visits,
    pub(crate) factory_runs: Visits,
    pub(crate) events: Events,
}

/// A counter; also a part of the state that handlers can take alone.
#[derive(Clone, Default)]
pub(crate) struct Visits(Arc<AtomicUsize>);

impl Visits {
    /// Counts one and gives the new number.
    pub(crate) fn add(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl FromRef<Catalog> for Visits {
    fn from_ref(catalog: &Catalog) -> Self {
        catalog.visits.clone()
    }
}
