//! Work that outlives the request: [`after`] its response, or [`shield`]ed from its end.

use std::{
    collections::HashMap,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    sync::{LazyLock, Mutex, PoisonError},
    task::{Context, Poll},
    vec,
};

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
        None => background(Box::pin(work)),
    }
}

/// Runs this to its end, even when the client leaves in the middle.
///
/// A handler is dropped when its client leaves, at whichever `.await` it has come to (RH-233). What must not stop
/// half-way goes through here:
///
/// ```
/// use bff::{Result, shield};
///
/// # async fn charge(_: u64) -> Result<u64> { Ok(1) }
/// # async fn record(_: u64) -> Result { Ok(()) }
/// async fn pay(amount: u64) -> Result<&'static str> {
///     shield(async move {
///         let receipt = charge(amount).await?;
///         record(receipt).await
///     })
///     .await?;
///     Ok("paid")
/// }
/// ```
///
/// It begins when it is first awaited, and runs as a task of its own: outside of the handler, so [`after`] in it
/// starts at once. A panic in it is a panic of the handler that awaits it. `bff::serve` waits for it before it
/// stops, as long as its drain allows.
pub async fn shield<F>(work: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    match tracker(&Handle::current()).spawn(work).await {
        Ok(output) => output,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => resume_unwind(payload),
            // The runtime shuts down: nothing comes of this, and nobody is there to see it.
            Err(_) => std::future::pending().await,
        },
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

/// Runs this now, as a piece of work that a stopping server waits for.
pub(crate) fn background(work: BoxFuture) {
    start(vec![work].into_iter());
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

    pub(crate) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
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

#[cfg(test)]
mod tests;
