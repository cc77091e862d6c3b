use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{extract::Request, response::Response};
use tower::Service;

use super::{Observed, current, is_on, span};
use crate::routing::Infallibly;

/// The service of an app, which this function is; observed when somebody wants that.
#[derive(Clone)]
pub(crate) struct Observing<A>(A);

impl<A> Observing<A> {
    pub(crate) fn new(app: A) -> Self {
        Self(app)
    }
}

impl<A, F> Service<Request> for Observing<A>
where
    A: Fn(Request) -> F,
    F: Future<Output = Response> + Unpin,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Infallibly<Watched<F>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        Infallibly(watched(request, &self.0))
    }
}

/// Answers a request, under observation when it is wanted.
#[inline]
pub(crate) fn watched<F>(mut request: Request, answer: impl FnOnce(Request) -> F) -> Watched<F> {
    if !is_on() && !span::is_enabled() {
        return Watched { future: answer(request), observed: None };
    }
    match Observed::in_router(&mut request) {
        None => Watched { future: answer(request), observed: None },
        Some(observed) => {
            let future = current::enter(&observed, || answer(request));
            Watched { future, observed: Some(observed) }
        }
    }
}

/// An answer in the making.
#[must_use = "futures do nothing unless polled"]
pub(crate) struct Watched<F> {
    future: F,
    observed: Option<Arc<Observed>>,
}

impl<F> Future for Watched<F>
where
    F: Future<Output = Response> + Unpin,
{
    type Output = Response;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        let Self { future, observed } = &mut *self;
        match observed {
            None => Pin::new(future).poll(cx),
            Some(observed) => {
                let poll = current::enter(observed, || Pin::new(future).poll(cx));
                let mut response = ready!(poll);
                answered(observed, &mut response);
                Poll::Ready(response)
            }
        }
    }
}

#[cold]
fn answered(observed: &Observed, response: &mut Response) {
    span::answered(&observed.span(), response.status());
    // Who hears of errors hears the id. A span is no reason: what is answered does not depend on the log's level.
    if observed.instrumentation().is_some() {
        observed.id().put_on(response.headers_mut());
    }
}
