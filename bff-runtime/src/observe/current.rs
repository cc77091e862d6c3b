use std::{cell::Cell, future::poll_fn, sync::Arc};

use axum::response::Response;

use super::{Observed, is_on, span};
use crate::{error::failure_of, instrumentation, request_id::RequestId, routing::Route};

thread_local! {
    /// The request that is worked on, when it is observed.
    static CURRENT: Cell<Option<Arc<Observed>>> = const { Cell::new(None) };
}

/// Runs `work` on behalf of this request, in its span.
pub(super) fn enter<T>(observed: &Arc<Observed>, work: impl FnOnce() -> T) -> T {
    let _left = Left(CURRENT.replace(Some(Arc::clone(observed))));
    observed.span().in_scope(work)
}

/// Puts back what was current, also when the work panics.
struct Left(Option<Arc<Observed>>);

impl Drop for Left {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

fn current() -> Option<Arc<Observed>> {
    let current = CURRENT.take();
    CURRENT.set(current.clone());
    current
}

/// The id of the request that is worked on, for what is logged about it.
pub(crate) fn request_id() -> Option<RequestId> {
    current().map(|observed| observed.id().clone())
}

/// Work that goes on behind the response, for the request that is worked on now: its failures are told like those of the
/// request.
pub(crate) fn behind<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let observed = current().map(|observed| Arc::new(observed.behind()));
    let mut work = Box::pin(work);
    poll_fn(move |cx| match &observed {
        None => work.as_mut().poll(cx),
        Some(observed) => enter(observed, || work.as_mut().poll(cx)),
    })
}

/// A route answers the request that is worked on.
#[inline]
pub(crate) fn routed(route: &'static Route) {
    if is_on() || span::is_enabled() {
        note_route(route);
    }
}

#[cold]
fn note_route(route: &'static Route) {
    if let Some(observed) = current() {
        observed.routed(route.pattern());
    }
}

/// Tells the app of a failure that nobody chose, once. `route` is where it happened.
#[cold]
pub(crate) fn failed(response: &Response, route: &'static Route) {
    let Some(failure) = failure_of(response) else { return };
    let Some(observed) = current() else { return };
    let Some(instrumentation) = observed.instrumentation() else { return };
    if failure.is_told() {
        return;
    }
    instrumentation::tell(instrumentation, &observed, Arc::clone(failure), route);
}
