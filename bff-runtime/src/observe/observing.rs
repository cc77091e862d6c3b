use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{extract::Request, response::Response};
use tower::Service;

use super::{Observed, current, is_on, span};

/// The service of an app, observed when somebody wants that.
#[derive(Clone)]
pub(crate) struct Observing<S>(S);

impl<S> Observing<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self(inner)
    }
}

impl<S> Service<Request> for Observing<S>
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Unpin>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Watched<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Watched<S::Future> {
        watched(request, |request| self.0.call(request))
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
    F: Future<Output: HasResponse> + Unpin,
{
    type Output = F::Output;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { future, observed } = &mut *self;
        match observed {
            None => Pin::new(future).poll(cx),
            Some(observed) => {
                let poll = current::enter(observed, || Pin::new(future).poll(cx));
                let mut output = ready!(poll);
                answered(observed, output.response());
                Poll::Ready(output)
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

/// What the future of a service or of a handler gives.
pub(crate) trait HasResponse {
    fn response(&mut self) -> &mut Response;
}

impl HasResponse for Response {
    fn response(&mut self) -> &mut Response {
        self
    }
}

impl HasResponse for Result<Response, Infallible> {
    fn response(&mut self) -> &mut Response {
        match self {
            Ok(response) => response,
            Err(never) => match *never {},
        }
    }
}
