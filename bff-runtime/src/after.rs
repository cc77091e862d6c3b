//! Work for after the response: [`after`].

use std::{
    collections::HashMap,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{LazyLock, Mutex, PoisonError},
    task::{Context, Poll},
    vec,
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::runtime::{Handle, Id};
use tokio_util::task::TaskTracker;
#[cfg(feature = "ws")]
use tokio_util::task::task_tracker::TaskTrackerToken;

use crate::{error::panic_text, scope};

/// Runs this when the response has been sent, without delaying it.
///
/// ```
/// use bff::after;
///
/// async fn create() -> &'static str {
///     after(async { tracing::info!("counted") });
///     "created"
/// }
/// ```
///
/// It runs however the request ends: answered, failed, redirected, panicked, or given up by the client
/// (RH-362). Several pieces of work start in the order of their registration, each when the one before it
/// waits for the first time, and go on at the same time (RH-357); a panic in one is logged and concerns no other
/// (RH-361). `bff::serve` waits for all of them before it stops, as long as its drain allows (RH-367), and sets
/// them no other limit (RH-366).
///
/// The response counts as sent when the connection has taken the last byte of its body; one without a body, an
/// upgrade to another protocol among them, with its head.
///
/// What it needs of the request is moved into it, since the request is gone by then (RH-360). To have work that
/// runs already waited for, wait for it here (RH-358):
///
/// ```
/// # async fn example() {
/// let sent = tokio::spawn(async { /* a mail */ });
/// bff::after(async { drop(sent.await) });
/// # }
/// ```
///
/// Outside of a handler, in a spawned task, in the body of a stream or in other such work (RH-359), it runs at
/// once, and is waited for all the same.
pub fn after(work: impl Future<Output = ()> + Send + 'static) {
    match scope::current() {
        Some(scope) => scope.after.add(Box::pin(work)),
        None => start(vec![Box::pin(work) as BoxFuture].into_iter()),
    }
}

type BoxFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Everything that was started and is not done, by the runtime that runs it: a server waits for no other
/// runtime's. A program has one runtime, its tests have many.
static RUNNING: LazyLock<Mutex<HashMap<Id, TaskTracker>>> = LazyLock::new(Mutex::default);

fn tracker(runtime: &Handle) -> TaskTracker {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    running.entry(runtime.id()).or_default().clone()
}

/// Starts the first of these. Each starts the next one, as tasks that are spawned together start in any order.
fn start(mut work: vec::IntoIter<BoxFuture>) {
    let Some(first) = work.next() else { return };
    let Ok(runtime) = Handle::try_current() else {
        tracing::error!("work for after the response is lost: no runtime is left to run it");
        return;
    };
    tracker(&runtime).spawn_on(Started { work: first, next: Some(work) }, &runtime);
}

/// A piece of work as a task.
struct Started {
    work: BoxFuture,
    /// What starts once this one has, or has panicked.
    next: Option<vec::IntoIter<BoxFuture>>,
}

impl Future for Started {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // The work is not polled again after a panic, so nothing sees what the panic left behind.
        let poll = catch_unwind(AssertUnwindSafe(|| self.work.as_mut().poll(cx)));
        if let Some(next) = self.next.take() {
            start(next);
        }
        poll.unwrap_or_else(|panic| {
            tracing::error!(panic = panic_text(&*panic), "work for after the response panicked");
            Poll::Ready(())
        })
    }
}

/// Counts as running on this runtime for as long as it lives.
#[cfg(feature = "ws")]
pub(crate) fn token() -> TaskTrackerToken {
    tracker(&Handle::current()).token()
}

/// How many pieces of work on this runtime are not done.
pub(crate) fn running() -> usize {
    tracker(&Handle::current()).len()
}

/// Completes when nothing is running on this runtime.
pub(crate) async fn settled() {
    let running = tracker(&Handle::current());
    running.close();
    running.wait().await;
}

/// Work that waits for the end of a response. Dropped, it starts: whatever ends the response ends the wait.
#[derive(Default)]
pub(crate) struct Work(Mutex<Vec<BoxFuture>>);

impl Work {
    fn add(&self, work: BoxFuture) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(work);
    }

    /// Ties the work to the end of this response's body.
    pub(crate) fn follow(&self, response: &mut Response) {
        let work = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if !work.is_empty() {
            let body = std::mem::take(response.body_mut());
            *response.body_mut() = Body::new(Followed { body, _work: Self(Mutex::new(work)) });
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let work = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        start(std::mem::take(work).into_iter());
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Work")
    }
}

/// A body that is dropped when it has been sent, and its work with it.
struct Followed {
    body: Body,
    _work: Work,
}

impl http_body::Body for Followed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    // Not the inner body's answer: one that is at its end already would be dropped before it is sent.
    fn is_end_stream(&self) -> bool {
        false
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests;
