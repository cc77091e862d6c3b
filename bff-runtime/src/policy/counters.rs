use std::sync::Arc;

use super::{Policy, gate::Gate};
use crate::{
    cache::{self, Keeper, Space},
    rate_limit::{Limiter, Limiters},
    routing::{HandlerInfo, Route},
    session,
};

/// What a policy counts, for all requests that it is for.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) gate: Option<Gate>,
    pub(super) limiter: Option<Limiter>,
}

/// What the policies of one router count. A rule of `bff.toml` counts over all of its routes, so that no path below it
/// has a count of its own; an attribute counts for its handler.
#[derive(Debug)]
pub(crate) struct AppCounters {
    limiters: Limiters,
    pub(super) server: Arc<Counters>,
    /// In the order of the rules.
    pub(super) rules: Vec<Arc<Counters>>,
    /// Where kept answers are, when there can be any.
    space: Option<Space>,
    /// True when `bff.toml` puts headers on some responses.
    has_headers: bool,
    /// True when a proxy decides on requests.
    has_proxy: bool,
}

impl AppCounters {
    /// From zero, for these routes.
    ///
    /// # Errors
    /// When what several instances count in together cannot be used, or what answers are kept in: what stops the start.
    pub(crate) fn new(routes: &[Route]) -> Result<Self, String> {
        // Every route knows the same policies, where it knows any.
        let policies = routes.iter().find_map(Route::rules).map(|rules| rules.policies);
        let any = |says: fn(&Policy) -> bool| {
            let mut handlers = routes.iter().flat_map(Route::handlers);
            handlers.any(|handler| says(handler.own_policy()))
                || policies.is_some_and(|policies| {
                    let rules = policies.rules.iter().map(|rule| &rule.policy);
                    rules.chain([&policies.server]).any(says)
                })
        };
        let keeps = any(|policy| policy.revalidate.is_some_and(|it| it.value.stores()));
        if keeps {
            cache::settings()?;
        }
        let space = keeps.then(|| Space::of(routes));
        let limiters = if any(|policy| policy.rate_limit.is_some()) {
            Limiters::from_env()?
        } else {
            Limiters::in_memory()
        };
        let limiters = limiters.identified_by(session::identify);
        let has_headers = any(|policy| !policy.headers.is_empty());
        let (server, rules) = (Arc::default(), Vec::new());
        let mut counters = Self { limiters, server, rules, space, has_headers, has_proxy: false };
        if let Some(policies) = policies {
            counters.server = counters.of(&policies.server);
            counters.rules = policies.rules.iter().map(|rule| counters.of(&rule.policy)).collect();
        }
        Ok(counters)
    }

    /// The same behind what puts headers on responses, and behind a proxy, if these say so.
    pub(crate) fn behind(mut self, has_headers: bool, has_proxy: bool) -> Self {
        self.has_headers |= has_headers;
        self.has_proxy |= has_proxy;
        self
    }

    /// The same where no answers are kept.
    pub(crate) fn without_store(self) -> Self {
        Self { space: None, ..self }
    }

    /// A handler whose answers may be kept, when they may.
    pub(crate) fn keeper(&self, route: &'static Route, info: HandlerInfo) -> Option<Keeper> {
        let answers_get = info.answers_every_method() || info.methods().contains(&"GET");
        let space = self.space.clone().filter(|_| answers_get)?;
        let Self { has_headers, has_proxy, .. } = *self;
        Some(Keeper { route, info, space, has_headers, has_proxy })
    }

    /// What this policy counts.
    pub(super) fn of(&self, policy: &Policy) -> Arc<Counters> {
        let concurrency = policy.concurrency.and_then(|concurrency| concurrency.value);
        let limits = policy.rate_limit.map_or(&[][..], |limits| limits.value);
        Arc::new(Counters {
            gate: concurrency.map(Gate::new),
            limiter: self.limiters.limiter(limits),
        })
    }
}

#[cfg(test)]
impl Default for AppCounters {
    fn default() -> Self {
        let limiters = Limiters::in_memory();
        Self {
            limiters,
            server: Arc::default(),
            rules: Vec::new(),
            space: None,
            has_headers: false,
            has_proxy: false,
        }
    }
}
