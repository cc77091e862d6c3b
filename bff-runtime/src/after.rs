//! Work for after the response: [`after`].

use std::{
    fmt,
    pin::Pin,
    sync::{LazyLock, Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

use crate::scope;

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
/// (RH-362). Several pieces of work start in the order of their registration and run at the same time (RH-357); a
/// panic in one is logged and concerns no other (RH-361). `bff::serve` waits for all of them before it stops, as
/// long as its drain allows (RH-367).
///
/// Outside of a handler, in a spawned task or in other such work (RH-359), it runs at once, and is waited for
/// all the same.
pub fn after(work: impl Future<Output = ()> + Send + 'static) {
    match scope::current() {
        Some(scope) => scope.after.add(Box::pin(work)),
        None => run(Box::pin(work)),
    }
}

type BoxFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Everything that was started and is not done.
static RUNNING: LazyLock<TaskTracker> = LazyLock::new(TaskTracker::new);

fn run(work: BoxFuture) {
    let Ok(runtime) = Handle::try_current() else {
        tracing::error!("work for after the response is lost: no runtime is left to run it");
        return;
    };
    let task = RUNNING.spawn_on(work, &runtime);
    RUNNING.spawn_on(
        async move {
            if task.await.is_err_and(|error| error.is_panic()) {
                tracing::error!("work for after the response panicked");
            }
        },
        &runtime,
    );
}

/// Completes when nothing is running.
pub(crate) async fn settled() {
    RUNNING.close();
    RUNNING.wait().await;
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
        work.drain(..).for_each(run);
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
