use std::{fmt, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::{
    Route,
    entry::{Entry, RequireFuture},
};
use crate::{
    Problem,
    matching::{SourceMatcher, TooComplex},
    observe::security_event,
    policy::spelled,
};

type Check<S> = fn(Request, &Arc<S>) -> RequireFuture;

/// What one rule of `bff.toml` requires of requests.
pub struct RuleGuard<S: 'static> {
    /// The number of the rule.
    rule: usize,
    /// `None` when it takes away what wider rules require.
    check: Option<Check<S>>,
    /// True when it may look at what only axum's router knows.
    pub(super) needs_axum: bool,
}

impl<S> RuleGuard<S> {
    /// The rule of this number requires this.
    pub const fn new(rule: usize, check: Check<S>, needs_axum: bool) -> Self {
        Self { rule, check: Some(check), needs_axum }
    }

    /// The rule of this number takes away what wider rules require.
    pub const fn lifted(rule: usize) -> Self {
        Self { rule, check: None, needs_axum: false }
    }
}

/// What a request has to satisfy before it reaches a handler: what rules ask of its path, from the least to the most
/// specific, then what the handler asks itself.
///
/// It runs where the handler is called, so there is no way to the one without the other.
pub(super) struct Guards<S> {
    route: &'static Route,
    rules: Vec<Guard<S>>,
    own: Option<Check<S>>,
}

struct Guard<S> {
    check: Option<Check<S>>,
    /// `None` when it is for every request of the route.
    source: Option<SourceMatcher>,
}

impl<S> Guards<S> {
    /// `None` when nothing is required.
    pub(super) fn of(entry: &Entry<S>, route: &'static Route) -> Option<Self> {
        let own = entry.require;
        let opens = entry.info.own_policy().require.is_some_and(|require| require.value.is_empty());
        let guards = if opens { &[] } else { entry.guards };
        let rules: Vec<_> = guards.iter().filter_map(|guard| Guard::of(guard, route)).collect();
        let is_guarded = own.is_some() || rules.iter().any(|guard| guard.check.is_some());
        is_guarded.then_some(Self { route, rules, own })
    }

    /// Who is not let in has been known; who is unknown may be anybody that has not signed in yet.
    fn tell(&self, response: &Response) {
        if response.status() == StatusCode::FORBIDDEN {
            security_event!(
                INFO,
                "forbidden",
                route = self.route.pattern();
                "a request does not satisfy what is required of it"
            );
        }
    }

    /// What holds for a path, in order.
    fn for_path(&self, path: &str) -> Result<Vec<Check<S>>, TooComplex> {
        let path = spelled(path);
        let mut checks = Vec::new();
        for Guard { check, source } in &self.rules {
            if source.as_ref().map_or(Ok(true), |source| source.is_match(&path))? {
                match check {
                    Some(check) => checks.push(*check),
                    None => checks.clear(),
                }
            }
        }
        checks.extend(self.own);
        Ok(checks)
    }
}

impl<S: Send + Sync> Guards<S> {
    /// The request, when it satisfies what is required of it.
    ///
    /// # Errors
    /// The answer to one that does not, or of which it cannot be found out what holds.
    pub(super) async fn check(
        &self,
        mut request: Request,
        state: &Arc<S>,
    ) -> Result<Request, Response> {
        let checks = self.for_path(request.uri().path()).map_err(|error| {
            Problem::new(StatusCode::BAD_REQUEST).detail(error.to_string()).into_response()
        })?;
        for check in checks {
            request = check(request, state).await.inspect_err(|response| self.tell(response))?;
        }
        Ok(request)
    }
}

impl<S> Guard<S> {
    /// `None` for a rule that is not for the route.
    fn of(guard: &RuleGuard<S>, route: &Route) -> Option<Self> {
        let rules = route.rules()?;
        let (_, every) = rules.under.iter().find(|(index, _)| *index == guard.rule)?;
        let rule = rules.policies.rules.get(guard.rule)?;
        if *every {
            return Some(Self { check: guard.check, source: None });
        }
        match SourceMatcher::new(&rule.source) {
            Ok(source) => Some(Self { check: guard.check, source: Some(source) }),
            // The build has checked every source, so this is a mistake of bff's. A guard too many is the smaller one.
            Err(error) => {
                tracing::error!(%error, "{}: this rule is for every request", rule.place);
                guard.check.map(|check| Self { check: Some(check), source: None })
            }
        }
    }
}

impl<S> Copy for RuleGuard<S> {}

impl<S> Clone for RuleGuard<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> fmt::Debug for RuleGuard<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleGuard").field("rule", &self.rule).finish_non_exhaustive()
    }
}
