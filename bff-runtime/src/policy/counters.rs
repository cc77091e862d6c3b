use std::sync::Arc;

use super::{Policy, gate::Gate};
use crate::routing::Route;

/// What a policy counts, for all requests that it is for.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) gate: Option<Gate>,
}

impl Counters {
    /// From zero.
    pub(super) fn new(policy: &Policy) -> Arc<Self> {
        let concurrency = policy.concurrency.and_then(|concurrency| concurrency.value);
        Arc::new(Self { gate: concurrency.map(Gate::new) })
    }
}

/// What the policies of `bff.toml` count in one router: a rule counts over all of its routes, so that no path below it
/// has a count of its own.
#[derive(Debug, Default)]
pub(crate) struct AppCounters {
    pub(super) server: Arc<Counters>,
    /// In the order of the rules.
    pub(super) rules: Vec<Arc<Counters>>,
}

impl AppCounters {
    /// From zero, for these routes.
    pub(crate) fn new(routes: &[Route]) -> Self {
        // Every route knows the same policies, where it knows any.
        let Some(route) = routes.iter().find_map(Route::rules) else { return Self::default() };
        let rules = route.policies.rules.iter().map(|rule| Counters::new(&rule.policy));
        Self { server: Counters::new(&route.policies.server), rules: rules.collect() }
    }
}
