//! Work that outlives the request: [`after`] its response, or [`shield`]ed from its end.

use std::{
    fmt, panic,
    pin::Pin,
    sync::{LazyLock, Mutex, PoisonError},
};

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
    match RUNNING.spawn(work).await {
        Ok(output) => output,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => panic::resume_unwind(payload),
            // The runtime shuts down: nothing comes of this, and nobody is there to see it.
            Err(_) => std::future::pending().await,
        },
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

    pub(crate) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
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
