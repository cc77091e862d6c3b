use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{extract::Request, response::Response};
use tower::Service;

use crate::{
    explain::{self, Explanation, Stage, is_asked},
    proxy::{Bound, Continue, ProxyEntry},
    routing::{Answer, Dispatch, ResponseFuture, uncanonical},
};

/// The service around an app that has a proxy: clean path, proxy, routes (PL-01). An app without one has the
/// [`Dispatch`] alone.
pub(crate) struct Pipeline<S: 'static>(Arc<Stages<S>>);

struct Stages<S: 'static> {
    proxy: Bound<S>,
    routes: Arc<Routes<S>>,
}

/// What comes after the proxy.
struct Routes<S: 'static>(Dispatch<S>);

impl<S: Send + Sync> Pipeline<S> {
    pub(crate) fn new(proxy: &'static ProxyEntry<S>, routes: Dispatch<S>) -> Self {
        Self(Arc::new(Stages { proxy: Bound::new(proxy), routes: Arc::new(Routes(routes)) }))
    }
}

impl<S: Send + Sync> Stages<S> {
    fn call(&self, request: Request) -> ResponseFuture {
        if is_asked(&request) {
            return ResponseFuture::ready(explain::answer(self.explain(&request)), &request);
        }
        // BP-30: the proxy sees the one spelling of a path that the routes see.
        if let Some(response) = uncanonical(&request) {
            return ResponseFuture::ready(response, &request);
        }
        let Routes(dispatch) = &*self.routes;
        if !self.proxy.runs(&request) {
            return dispatch.answer(request);
        }
        let routes: Arc<dyn Continue> = Arc::<Routes<S>>::clone(&self.routes);
        self.proxy.call(request, dispatch.state(), routes)
    }
}

impl<S: Send + Sync> Stages<S> {
    /// The same walk, written down.
    #[cold]
    fn explain(&self, request: &Request) -> Explanation {
        let mut explanation = Explanation::of_request(request);
        if let Some(response) = uncanonical(request) {
            explanation.answered(Stage::CleanUp, &response, None);
            return explanation;
        }
        self.proxy.explain(request, &mut explanation);
        let Routes(dispatch) = &*self.routes;
        dispatch.explain(request, &mut explanation);
        explanation
    }
}

impl<S: Send + Sync> Continue for Routes<S> {
    fn go_on(&self, request: Request) -> ResponseFuture {
        self.0.answer(request)
    }
}

impl<S> Clone for Pipeline<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Send + Sync> Service<Request> for Pipeline<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Answer {
        Answer(self.0.call(request))
    }
}
