use std::sync::{Arc, OnceLock};

use axum::{extract::Request, response::IntoResponse};

use super::{
    Route,
    entry::{Entry, HandlerFuture, Run},
    static_params::OnlyListed,
};
use crate::{
    cors::Cors,
    handler::SharedHandler,
    policy::{AppCounters, HandlerPolicy, OwnPolicy, RoutePolicies},
    rate_limit::{Limiter, Verdict},
};

/// A handler with what is asked of its requests, ready to run.
pub(super) struct Bound<S: 'static> {
    pub(super) entry: &'static Entry<S>,
    /// The value of a factory, shared by all of its methods.
    made: Arc<OnceLock<SharedHandler>>,
    /// `None` when it is run for any params.
    only_listed: Option<OnlyListed<S>>,
    /// What it says itself.
    pub(super) own: Option<Arc<OwnPolicy>>,
    /// What is asked of its requests.
    pub(super) policy: Option<Arc<HandlerPolicy>>,
}

impl<S> Bound<S> {
    /// Below the policies of its route.
    pub(super) fn new(
        entry: &'static Entry<S>,
        route: &Route,
        policies: &Arc<RoutePolicies>,
        app: &AppCounters,
    ) -> Self {
        let own = OwnPolicy::new(entry.info.own_policy(), app).map(Arc::new);
        let policy = HandlerPolicy::new(policies, own.as_ref()).map(Arc::new);
        let only_listed = OnlyListed::new(entry.static_params, route.segments());
        Self { entry, made: Arc::default(), only_listed, own, policy }
    }

    /// Runs the factory, so that it runs once and before the first request.
    pub(super) fn make(&self, state: &S) {
        if let Run::Factory(make) = self.entry.run {
            self.made.get_or_init(|| make(state));
        }
    }

    /// Whose pages may read the answer to a request.
    pub(super) fn cors(&self, request: &Request) -> Option<&'static Cors> {
        self.policy.as_ref()?.cors(request)
    }
}

impl<S: Send + Sync> Bound<S> {
    /// Runs when the request satisfies what is required of it.
    #[inline]
    pub(super) fn run(&self, request: Request, state: &Arc<S>) -> HandlerFuture {
        match self.entry.require {
            None => self.run_handler(request, state),
            Some(require) => {
                let (bound, state) = (self.clone(), Arc::clone(state));
                Box::pin(async move {
                    let request = require(request, &state).await?;
                    bound.run_handler(request, &state).await
                })
            }
        }
    }

    /// Runs when the request has been counted, which has to be waited for.
    #[cold]
    pub(super) fn run_counted(
        &self,
        limiter: Limiter,
        mut request: Request,
        state: &Arc<S>,
    ) -> HandlerFuture {
        let (bound, state) = (self.clone(), Arc::clone(state));
        Box::pin(async move {
            let allowance = match limiter.wait(&mut request).await {
                Verdict::Allowed(allowance) => allowance,
                Verdict::Limited(refusal) => return Err(refusal.into_response()),
            };
            let mut answered = bound.run(request, &state).await;
            let (Ok(response) | Err(response)) = &mut answered;
            allowance.put_on(response.headers_mut());
            answered
        })
    }

    #[inline]
    fn run_handler(&self, request: Request, state: &Arc<S>) -> HandlerFuture {
        match &self.only_listed {
            None => self.run_any(request, state),
            Some(only_listed) => {
                let (bound, only_listed) = (self.clone(), only_listed.clone());
                let state = Arc::clone(state);
                Box::pin(async move {
                    only_listed.admit(request.uri().path(), &state).await?;
                    bound.run_any(request, &state).await
                })
            }
        }
    }

    #[inline]
    fn run_any(&self, request: Request, state: &Arc<S>) -> HandlerFuture {
        match self.entry.run {
            Run::Function(run) => run(request, state),
            Run::Factory(make) => self.made.get_or_init(|| make(state)).call(request),
        }
    }
}

impl<S> Clone for Bound<S> {
    fn clone(&self) -> Self {
        let Self { entry, made, only_listed, own, policy } = self;
        Self {
            entry,
            made: Arc::clone(made),
            only_listed: only_listed.clone(),
            own: own.clone(),
            policy: policy.clone(),
        }
    }
}
