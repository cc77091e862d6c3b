use std::sync::Arc;

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::{
    Policy, PolicyRule,
    body::limit_body,
    effective::{Decided, Effective, Voice},
    spelling::as_in_sources,
};
use crate::{
    Problem,
    matching::{SourceMatcher, TooComplex},
    routing::{Route, RouteRules},
};

/// The policies of one route, from the least to the most specific.
#[derive(Debug)]
pub(crate) struct RoutePolicies {
    server: &'static Policy,
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    rule: &'static PolicyRule,
    /// `None` when it is for every request of the route.
    source: Option<SourceMatcher>,
}

impl RoutePolicies {
    /// Those of a route, none perhaps.
    pub(crate) fn of(route: &Route) -> Self {
        route.rules().map_or(Self { server: &Policy::NONE, rules: Vec::new() }, Self::new)
    }

    fn new(route: RouteRules) -> Self {
        let rules = route.under.iter().filter_map(|&(index, every)| {
            let rule = route.policies.rules.get(index)?;
            let source = (!every).then(|| SourceMatcher::new(&rule.source)).transpose();
            // The build has checked every source, so this is a mistake of bff's. A limit too many is the smaller one.
            let source = source.unwrap_or_else(|error| {
                tracing::error!(%error, "{}: this rule is for every request", rule.place);
                None
            });
            Some(Rule { rule, source })
        });
        Self { server: &route.policies.server, rules: rules.collect() }
    }

    /// True for a route that nothing is asked of.
    fn is_empty(&self) -> bool {
        self.server.is_none() && self.rules.is_empty()
    }

    /// What holds for a path and a handler that says so much itself. `applied` is told the rules.
    ///
    /// # Errors
    /// When it takes too many steps to find out.
    pub(crate) fn decide(
        &self,
        path: &str,
        own: Option<&Policy>,
        mut applied: impl FnMut(&'static PolicyRule),
    ) -> Result<Decided, TooComplex> {
        let path = as_in_sources(path);
        let mut decided = Decided::default();
        decided.hear(self.server, Voice::Config);
        for Rule { rule, source } in &self.rules {
            if source.as_ref().map_or(Ok(true), |source| source.is_match(&path))? {
                decided.hear(&rule.policy, Voice::Config);
                applied(rule);
            }
        }
        if let Some(own) = own {
            decided.hear(own, |_| Voice::Attribute);
        }
        Ok(decided)
    }

    fn depends_on_path(&self) -> bool {
        self.rules.iter().any(|rule| rule.source.is_some())
    }
}

/// The policies of one handler.
#[derive(Debug)]
pub(crate) enum HandlerPolicy {
    /// Known before the first request.
    Fixed(Effective),
    ByPath {
        route: Arc<RoutePolicies>,
        own: Option<Policy>,
    },
}

impl HandlerPolicy {
    /// `None` when nothing is asked of its requests.
    pub(crate) fn new(route: &Arc<RoutePolicies>, own: Option<Policy>) -> Option<Self> {
        let route = (!route.is_empty()).then_some(route);
        let own = own.filter(|own| !own.is_none());
        match (route, own) {
            (None, None) => None,
            (None, Some(own)) => {
                let mut decided = Decided::default();
                decided.hear(&own, |_| Voice::Attribute);
                Some(Self::Fixed(Effective::new(&decided)))
            }
            (Some(route), own) if route.depends_on_path() => {
                Some(Self::ByPath { route: Arc::clone(route), own })
            }
            (Some(route), own) => {
                // No source is asked, so none can take too many steps.
                let decided = route.decide("/", own.as_ref(), |_| {}).unwrap_or_default();
                Some(Self::Fixed(Effective::new(&decided)))
            }
        }
    }

    /// What holds for a request.
    ///
    /// # Errors
    /// When it takes too many steps to find out.
    pub(crate) fn of(&self, request: &Request) -> Result<Effective, TooComplex> {
        match self {
            Self::Fixed(effective) => Ok(effective.clone()),
            Self::ByPath { route, own } => {
                let decided = route.decide(request.uri().path(), own.as_ref(), |_| {})?;
                Ok(Effective::new(&decided))
            }
        }
    }

    /// What holds for a request, its body limited.
    ///
    /// # Errors
    /// The answer to a request that is too large (RH-118), or of which it is not known what holds, with what else
    /// holds for it.
    pub(crate) fn admit(
        &self,
        request: &mut Request,
    ) -> Result<Effective, Box<(Response, Effective)>> {
        let effective = match self.of(request) {
            Ok(effective) => effective,
            Err(error) => {
                let problem = Problem::new(StatusCode::BAD_REQUEST).detail(error.to_string());
                return Err(Box::new((problem.into_response(), Effective::default())));
            }
        };
        if let Some(limit) = effective.body_limit
            && let Err(problem) = limit_body(request, limit)
        {
            return Err(Box::new((problem.into_response(), effective)));
        }
        Ok(effective)
    }
}
