use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode};
use http_body::Body as _;

use super::{
    AppCounters, Policies, Policy, PolicyRule,
    admission::Admission,
    body::{OwnBodyLimit, limit_body},
    counters::Counters,
    effective::{Decided, Effective, Voice},
    spelling::spelled,
};
use crate::{
    Problem,
    cache::Keeper,
    cors::{Cors, is_preflight},
    csrf,
    export::is_exporting,
    matching::{SourceMatcher, TooComplex},
    rate_limit::Verdict,
    routing::{Route, RouteRules},
};

/// The policies of one route, from the least to the most specific.
#[derive(Debug)]
pub(crate) struct RoutePolicies {
    server: &'static Policy,
    of_server: Arc<Counters>,
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    rule: &'static PolicyRule,
    counters: Arc<Counters>,
    /// `None` when it is for every request of the route.
    source: Option<SourceMatcher>,
}

/// What a handler says itself, and counts for itself.
#[derive(Debug)]
pub(crate) struct OwnPolicy(&'static Policy, Arc<Counters>);

impl OwnPolicy {
    /// `None` when it says nothing.
    pub(crate) fn new(policy: &'static Policy, app: &AppCounters) -> Option<Self> {
        (!policy.is_none()).then(|| Self(policy, app.of(policy)))
    }
}

impl RoutePolicies {
    /// Those of a route, none perhaps.
    pub(crate) fn of(route: &Route, app: &AppCounters) -> Self {
        match route.rules() {
            Some(rules) => Self::new(rules, app),
            None => Self { server: &Policy::NONE, of_server: Arc::default(), rules: Vec::new() },
        }
    }

    fn new(route: RouteRules, app: &AppCounters) -> Self {
        Self::under(route.policies, route.under.iter().copied(), app)
    }

    /// Under these rules; true for those that are for every request.
    fn under(
        policies: &'static Policies,
        under: impl Iterator<Item = (usize, bool)>,
        app: &AppCounters,
    ) -> Self {
        let rules = under.filter_map(|(index, every)| {
            let rule = policies.rules.get(index)?;
            let counters = app.rules.get(index).map(Arc::clone).unwrap_or_default();
            let source = (!every).then(|| SourceMatcher::new(&rule.source)).transpose();
            // The build has checked every source, so this is a mistake of bff's. A limit too many is the smaller one.
            let source = source.unwrap_or_else(|error| {
                tracing::error!(%error, "{}: this rule is for every request", rule.place);
                None
            });
            Some(Rule { rule, counters, source })
        });
        Self {
            server: &policies.server,
            of_server: Arc::clone(&app.server),
            rules: rules.collect(),
        }
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
        own: Option<&OwnPolicy>,
        mut applied: impl FnMut(&'static PolicyRule),
    ) -> Result<Decided, TooComplex> {
        let path = spelled(path);
        let mut decided = Decided::default();
        decided.hear(self.server, &self.of_server, Voice::Server);
        for Rule { rule, counters, source } in &self.rules {
            if source.as_ref().map_or(Ok(true), |source| source.is_match(&path))? {
                decided.hear(&rule.policy, counters, Voice::Rule);
                applied(rule);
            }
        }
        if let Some(OwnPolicy(own, counters)) = own {
            decided.hear(own, counters, |_| Voice::Attribute);
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
        own: Option<Arc<OwnPolicy>>,
        keeper: Option<Keeper>,
    },
}

impl HandlerPolicy {
    /// `None` when nothing is asked of its requests. `keeper` is the handler when its answers may be kept.
    pub(crate) fn new(
        route: &Arc<RoutePolicies>,
        own: Option<&Arc<OwnPolicy>>,
        keeper: Option<Keeper>,
    ) -> Option<Self> {
        if route.is_empty() && own.is_none() {
            return None;
        }
        if route.depends_on_path() {
            let (route, own) = (Arc::clone(route), own.map(Arc::clone));
            return Some(Self::ByPath { route, own, keeper });
        }
        // No source is asked, so none can take too many steps.
        let decided = route.decide("/", own.map(|own| &**own), |_| {}).unwrap_or_default();
        Some(Self::Fixed(Effective::new(&decided, keeper.as_ref()).prepared()))
    }

    /// The rules for paths that no route serves, where one of them says who may read an answer. Nothing else is asked
    /// where nothing is served.
    pub(crate) fn elsewhere(routes: &[Route], app: &AppCounters) -> Option<Self> {
        let policies = routes.iter().find_map(Route::rules)?.policies;
        let mut all = policies.rules.iter().map(|rule| &rule.policy).chain([&policies.server]);
        all.find(|policy| policy.cors.is_some())?;
        let by_path = (0..policies.rules.len()).map(|index| (index, false));
        let route = Arc::new(RoutePolicies::under(policies, by_path, app));
        Self::new(&route, None, None)
    }

    /// What holds for a request.
    ///
    /// # Errors
    /// When it takes too many steps to find out.
    fn of(&self, request: &Request) -> Result<Cow<'_, Effective>, TooComplex> {
        match self {
            Self::Fixed(effective) => Ok(Cow::Borrowed(effective)),
            Self::ByPath { route, own, keeper } => {
                let decided = route.decide(request.uri().path(), own.as_deref(), |_| {})?;
                let keeper = keeper.as_ref().filter(|_| is_kept(request.method()));
                Ok(Cow::Owned(Effective::new(&decided, keeper)))
            }
        }
    }

    /// What goes with an answer that no handler gives.
    pub(crate) fn without_handler(&self, request: &Request) -> Admission<'static> {
        let admission = |it: Cow<'_, Effective>| Admission::new(&it, request.headers());
        self.of(request).map_or_else(|_| Admission::default(), admission)
    }

    /// Whose pages may read the answer to a request.
    pub(crate) fn cors(&self, request: &Request) -> Option<&'static Cors> {
        self.of(request).ok().and_then(|effective| effective.cors)
    }

    /// Lets a request to its handler, its body limited.
    ///
    /// # Errors
    /// The answer to a request that is refused, with what goes with that: one of a page of another site, one that comes
    /// too often, one too many at a time, one that is too large (RH-118), one of which it is not known what holds.
    pub(crate) fn admit(
        &self,
        request: &mut Request,
    ) -> Result<Admission<'_>, Box<(Response, Admission<'_>)>> {
        let effective = match self.of(request) {
            Ok(effective) => effective,
            Err(error) => {
                let problem = Problem::new(StatusCode::BAD_REQUEST).detail(error.to_string());
                return Err(Box::new((problem.into_response(), Admission::default())));
            }
        };
        let mut admission = Admission::new(&effective, request.headers());
        if effective.plan.is_some() && is_kept(request.method()) {
            admission.plan = match &effective {
                // All hits would count on one counter.
                Cow::Borrowed(fixed) => fixed.plan.as_ref().map(Cow::Borrowed),
                Cow::Owned(by_path) => by_path.plan.clone().map(Cow::Owned),
            };
        }
        match admitted(&effective, request, &mut admission) {
            Ok(()) => {
                if !admission.told.is_nothing() {
                    admission.told.prepared.clone_from(&effective.prepared);
                }
                Ok(admission)
            }
            Err(refusal) => Err(Box::new((*refusal, admission))),
        }
    }
}

/// Whether answers to this method may be kept.
fn is_kept(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn admitted(
    effective: &Effective,
    request: &mut Request,
    admission: &mut Admission<'_>,
) -> Result<(), Box<Response>> {
    let refused = |problem: Box<Problem>| Box::new(problem.into_response());
    // Before anything is counted: a page of another site must not use up what is the user's.
    csrf::check(effective.csrf, effective.cors, request).map_err(refused)?;
    // A browser asks beforehand without anybody's wish, and an export is no client.
    let is_counted =
        || !is_preflight(request.method(), request.headers()) && !is_exporting(request);
    if let Some(limiter) = effective.limiter.as_ref().filter(|_| is_counted()) {
        match limiter.check(request) {
            Some(Verdict::Allowed(allowance)) => admission.told.allowance = Some(allowance),
            Some(Verdict::Limited(refusal)) => return Err(Box::new(refusal.into_response())),
            None => admission.limiter = Some(limiter.clone()),
        }
    }
    // Where answers are kept the plan has it: only those whose handler runs take a place.
    if let Some(gate) = effective.gate.as_ref().filter(|_| admission.plan.is_none()) {
        admission.permit = Some(gate.enter().map_err(refused)?);
    }
    if let Some(limit) = effective.body_limit {
        limit_body(request, limit).map_err(refused)?;
        if effective.is_own_limit && !request.body().is_end_stream() {
            request.extensions_mut().insert(OwnBodyLimit);
        }
    }
    Ok(())
}
