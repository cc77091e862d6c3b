use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};

use super::{
    Route, Segment, StaticParams, allow::allow, bound::Bound, entry::Entry, future::ResponseFuture,
    path, wishes::Wishes,
};
use crate::{
    cache::Plan,
    cors::{self, CorsAnswer},
    csrf::{self, Csrf},
    error::Problem,
    explain::{Explanation, Stage, policies},
    observe,
    policy::{AppCounters, HandlerPolicy, RoutePolicies},
    rate_limit::Limiter,
    scope::Scope,
};

/// The handlers of one route, ready to answer.
pub(super) struct Endpoint<S: 'static> {
    pub(super) route: &'static Route,
    handlers: Vec<(Method, Bound<S>)>,
    /// The handler below `pages/api`, for every method (RH-470).
    every: Option<Bound<S>>,
    allow: HeaderValue,
    policies: Arc<RoutePolicies>,
    /// What holds where no handler answers.
    policy: Option<HandlerPolicy>,
    /// True when some handler looks at what only axum's router knows.
    pub(super) needs_axum: bool,
}

/// The route of a request, for extractors of ours that look at its params. Handlers with known extractors only do
/// without it.
#[derive(Clone, Copy)]
pub(crate) struct Matched(pub(crate) &'static Route);

impl<S: Send + Sync> Endpoint<S> {
    /// Of two handlers for one method the first stays; the build of the app has refused them before.
    pub(super) fn new(
        route: &'static Route,
        entries: &'static [Entry<S>],
        app: &AppCounters,
    ) -> Self {
        let mut handlers: Vec<(Method, Bound<S>)> = Vec::new();
        let mut every = None;
        let policies = Arc::new(RoutePolicies::of(route, app));
        for entry in entries {
            let bound = Bound::new(entry, route, &policies, app);
            if entry.info.answers_every_method() {
                every.get_or_insert(bound.clone());
            }
            for method in entry.info.methods() {
                // Method names were checked when the app was built.
                let Ok(method) = Method::from_bytes(method.as_bytes()) else { continue };
                if handlers.iter().all(|(other, _)| *other != method) {
                    handlers.push((method, bound.clone()));
                }
            }
        }
        let allow = if every.is_some() {
            allow(&[Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        } else {
            allow(handlers.iter().map(|(method, _)| method))
        };
        let needs_axum = entries.iter().any(|entry| entry.needs_axum);
        let policy = HandlerPolicy::new(&policies, None, None);
        Self { route, handlers, every, allow, policies, policy, needs_axum }
    }

    /// What lists the params of its GET handler.
    pub(super) fn static_params(&self) -> Option<StaticParams<S>> {
        self.bounds().find_map(|bound| bound.entry.static_params)
    }

    /// Runs the factories, so that they run once and before the first request.
    pub(super) fn make(&self, state: &S) {
        self.bounds().for_each(|bound| bound.make(state));
    }

    /// Answers a request that matched this route.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call moves the request, which is large")]
    pub(super) fn call(&self, mut request: Request, state: &Arc<S>) -> ResponseFuture {
        observe::routed(self.route);
        if *request.method() == Method::OPTIONS
            && let Some(answer) = self.preflight(&request)
        {
            return answer;
        }
        let Some(bound) = self.find(request.method()) else {
            return self.without_handler(&request);
        };
        let Some(policy) = &bound.policy else {
            return match csrf::check(&Csrf::DEFAULT, None, &request) {
                Ok(()) => self.start(bound, None, None, request, state),
                Err(problem) => ResponseFuture::ready(problem.into_response(), &request),
            };
        };
        match policy.admit(&mut request) {
            Ok(mut admission) => {
                let (plan, limiter) = (admission.plan.take(), admission.limiter.take());
                self.start(bound, plan, limiter, request, state).within(admission)
            }
            Err(refused) => {
                let (response, admission) = *refused;
                ResponseFuture::ready(response, &request).within(admission)
            }
        }
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call moves the request, which is large")]
    fn start(
        &self,
        bound: &Bound<S>,
        plan: Option<Cow<'_, Arc<Plan>>>,
        limiter: Option<Limiter>,
        mut request: Request,
        state: &Arc<S>,
    ) -> ResponseFuture {
        let head = request.method() == Method::HEAD;
        let wishes = Wishes::of(&request);
        if self.needs_axum {
            request.extensions_mut().insert(Matched(self.route));
        }
        let scope = Scope::of(&request);
        let future = match (plan, limiter) {
            (None, None) => bound.run(request, state),
            (None, Some(limiter)) => bound.run_counted(limiter, request, state),
            (Some(plan), limiter) => bound.run_kept(plan, limiter, request, state),
        };
        ResponseFuture::handler(future, scope, wishes, head, self.route)
    }

    /// Says who answers a request for this route, and within which limits.
    #[cold]
    pub(super) fn explain(&self, request: &Request, explanation: &mut Explanation) {
        let (route, path) = (self.route, request.uri().path());
        let file = || Some(route.file().to_owned());
        let params = shown_params(path, route.segments());
        explanation.add(Stage::Route, format!("{}{params}", route.pattern()), file());
        explanation.served_by(route.pattern(), route.file());
        let bound = self.find(request.method());
        let text = match bound {
            Some(bound) => format!("`{}`", bound.entry.info.name()),
            None if request.method() == Method::OPTIONS => "the automatic answer: 204".to_owned(),
            None => format!("none for {}: 405", request.method()),
        };
        explanation.add(Stage::Handler, text, file());
        let own = bound.and_then(|bound| bound.own.as_deref());
        policies(route, &self.policies, own, request, explanation);
        for name in bound.map_or(&[][..], |bound| bound.entry.info.requirements()) {
            explanation.add(Stage::Requirement, format!("`{name}`"), file());
        }
    }

    /// The handler of a method; HEAD falls back to GET (RH-053). The one for every method is not given those that
    /// no file can name (RH-066).
    fn find(&self, method: &Method) -> Option<&Bound<S>> {
        let exact = |method: &Method| {
            self.handlers.iter().find(|(other, _)| other == method).map(|(_, bound)| bound)
        };
        exact(method)
            .or_else(|| if *method == Method::HEAD { exact(&Method::GET) } else { None })
            .or_else(|| {
                self.every.as_ref().filter(|_| !matches!(*method, Method::TRACE | Method::CONNECT))
            })
    }

    /// OPTIONS has an automatic answer (RH-058); any other method is not allowed (RH-052, RH-065, RH-066).
    #[cold]
    fn without_handler(&self, request: &Request) -> ResponseFuture {
        let mut response: Response = if request.method() == Method::OPTIONS {
            StatusCode::NO_CONTENT.into_response()
        } else {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED).into_response()
        };
        response.headers_mut().insert(header::ALLOW, self.allow.clone());
        self.instead_of_handlers(response, request)
    }

    /// An answer of this route that no handler gives. A page that may read what one of them answers may read why none
    /// does.
    #[cold]
    pub(super) fn instead_of_handlers(
        &self,
        response: Response,
        request: &Request,
    ) -> ResponseFuture {
        let admission = self.policy.as_ref().map(|policy| policy.without_handler(request));
        let mut admission = admission.unwrap_or_default();
        // Of a preflight nothing is read, and this is none that a policy has let in.
        if cors::is_preflight(request.method(), request.headers()) {
            admission.told.cors = None;
        } else if admission.told.cors.is_none() {
            let cors = self.bounds().find_map(|bound| bound.cors(request));
            admission.told.cors = cors.map(|cors| CorsAnswer::of(cors, request.headers()));
        }
        ResponseFuture::ready(response, request).within(admission)
    }

    fn bounds(&self) -> impl Iterator<Item = &Bound<S>> {
        self.handlers.iter().map(|(_, bound)| bound).chain(&self.every)
    }

    /// The answer to a browser that asks beforehand (RH-402), unless the app answers OPTIONS for itself or has no CORS
    /// policy for what is asked. It is no request for the handler, so nothing of it is counted (U7).
    #[cold]
    fn preflight(&self, request: &Request) -> Option<ResponseFuture> {
        let headers = request.headers();
        let answers_options = self.handlers.iter().any(|(method, _)| *method == Method::OPTIONS);
        if answers_options || !cors::is_preflight(request.method(), headers) {
            return None;
        }
        let asked = cors::requested_method(headers);
        let bound = asked.and_then(|method| self.find(&method));
        let policy = match bound {
            Some(bound) => bound.cors(request),
            None => self.policy.as_ref().and_then(|policy| policy.cors(request)),
        }?;
        // A browser keeps every method that it is told, and for these no other policy holds.
        let is_under = |bound: &Bound<S>| bound.cors(request) == Some(policy);
        let methods = match &self.every {
            Some(every) if is_under(every) => self.allow.clone(),
            _ => {
                let under = self.handlers.iter().filter(|(_, bound)| is_under(bound));
                allow(under.map(|(method, _)| method))
            }
        };
        let mut response = cors::preflight(policy, headers, methods);
        response.headers_mut().insert(header::ALLOW, self.allow.clone());
        let admission = self.policy.as_ref().map(|policy| policy.without_handler(request));
        let mut admission = admission.unwrap_or_default();
        admission.told.cors = None;
        Some(ResponseFuture::ready(response, request).within(admission))
    }
}

/// `, id = 7` for each param, decoded.
fn shown_params(path: &str, segments: &[Segment]) -> String {
    let mut shown = String::new();
    for (index, segment) in segments.iter().enumerate() {
        let (name, value) = match segment {
            Segment::Literal(_) => continue,
            Segment::Param(name) => (name, Some(path::segment(path, index))),
            Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
                (name, path::rest(path, index))
            }
        };
        if let Some(value) = value {
            let decoded = path::decode(value);
            shown.push_str(&format!(", {name} = {}", decoded.as_deref().unwrap_or(value)));
        }
    }
    shown
}
