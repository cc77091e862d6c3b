use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};

use super::{
    Route,
    entry::{Entry, HandlerFuture, Run},
    guards::Guards,
    static_params::OnlyListed,
};
use crate::{
    cache::{self, Maker, Plan},
    cors::Cors,
    draft,
    handler::SharedHandler,
    policy::{AppCounters, HandlerPolicy, OwnPolicy, RoutePolicies},
    rate_limit::{Limiter, Verdict},
};

/// A handler with what is asked of its requests, ready to run.
pub(super) struct Bound<S: 'static> {
    pub(super) entry: &'static Entry<S>,
    /// The value of a factory, shared by all of its methods.
    made: Arc<OnceLock<SharedHandler>>,
    /// `None` when nothing is required of its requests.
    guards: Option<Arc<Guards<S>>>,
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
        route: &'static Route,
        policies: &Arc<RoutePolicies>,
        app: &AppCounters,
    ) -> Self {
        let own = OwnPolicy::new(entry.info.own_policy(), app).map(Arc::new);
        let policy =
            HandlerPolicy::new(policies, own.as_ref(), app.keeper(route, entry.info)).map(Arc::new);
        let only_listed = OnlyListed::new(entry.static_params, route.segments());
        let guards = Guards::of(entry, route).map(Arc::new);
        Self { entry, made: Arc::default(), guards, only_listed, own, policy }
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
        match &self.guards {
            None => self.run_handler(request, state),
            Some(guards) => {
                let (bound, state) = (self.clone(), Arc::clone(state));
                let guards = Arc::clone(guards);
                Box::pin(async move {
                    let request = guards.check(request, &state).await?;
                    bound.run_handler(request, &state).await
                })
            }
        }
    }

    /// Answers from the store, or runs; when the request has been counted, which has to be waited for, and when it
    /// satisfies what is required of it.
    pub(super) fn run_kept(
        &self,
        plan: Cow<'_, Arc<Plan>>,
        limiter: Option<Limiter>,
        request: Request,
        state: &Arc<S>,
    ) -> HandlerFuture {
        let (None, None) = (&limiter, &self.guards) else {
            let (bound, plan, state) = (self.clone(), plan.into_owned(), Arc::clone(state));
            return counted(limiter, request, move |mut request| async move {
                if let Some(guards) = &bound.guards {
                    request = guards.check(request, &state).await?;
                }
                bound.answer(&plan, request, &state).await
            });
        };
        self.answer(&plan, request, state)
    }

    /// Runs when the request has been counted, which has to be waited for.
    #[cold]
    pub(super) fn run_counted(
        &self,
        limiter: Limiter,
        request: Request,
        state: &Arc<S>,
    ) -> HandlerFuture {
        let (bound, state) = (self.clone(), Arc::clone(state));
        counted(
            Some(limiter),
            request,
            move |request| async move { bound.run(request, &state).await },
        )
    }

    /// From the store, unless the request is an editor's.
    #[inline]
    fn answer(&self, plan: &Arc<Plan>, request: Request, state: &Arc<S>) -> HandlerFuture {
        let is_draft = self
            .entry
            .draft_keys
            .is_some_and(|keys| draft::is_requested(request.headers(), || keys(state)));
        cache::serve(plan, request, is_draft, || -> Maker {
            let (bound, state) = (self.clone(), Arc::clone(state));
            Box::new(move |request| bound.run_handler(request, &state))
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

/// Goes on when the request has been counted.
fn counted<F>(
    limiter: Option<Limiter>,
    mut request: Request,
    go_on: impl FnOnce(Request) -> F + Send + 'static,
) -> HandlerFuture
where
    F: Future<Output = Result<Response, Response>> + Send,
{
    Box::pin(async move {
        let allowance = match limiter {
            None => None,
            Some(limiter) => match limiter.wait(&mut request).await {
                Verdict::Allowed(allowance) => Some(allowance),
                Verdict::Limited(refusal) => return Err(refusal.into_response()),
            },
        };
        let mut answered = go_on(request).await;
        if let Some(allowance) = allowance {
            let (Ok(response) | Err(response)) = &mut answered;
            allowance.put_on(response.headers_mut());
        }
        answered
    })
}

impl<S> Clone for Bound<S> {
    fn clone(&self) -> Self {
        let Self { entry, made, guards, only_listed, own, policy } = self;
        Self {
            entry,
            made: Arc::clone(made),
            guards: guards.clone(),
            only_listed: only_listed.clone(),
            own: own.clone(),
            policy: policy.clone(),
        }
    }
}
