use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::{Instrumentation, OutcomeFuture, Report};
use crate::{
    after::background,
    error::{Failure, panic_text},
    observe::Observed,
    routing::Route,
};

/// How many may run at a time. When each request fails and the hook is slow, the errors must not pile up.
const MOST: usize = 128;

/// How long one may take.
const LONGEST: Duration = Duration::from_secs(30);

/// One that runs, until it is dropped.
struct Running(&'static AtomicUsize);

impl Running {
    fn begin(running: &'static AtomicUsize) -> Option<Self> {
        let may = |running: usize| (running < MOST).then_some(running + 1);
        running.fetch_update(Ordering::Relaxed, Ordering::Relaxed, may).ok().map(|_| Self(running))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Has `on_request_error` told of a failure, in a task of its own: the response neither waits for it nor can it be
/// broken by it.
pub(crate) fn tell(
    instrumentation: &'static Instrumentation,
    observed: &Observed,
    failure: Arc<Failure>,
    route: &'static Route,
) {
    let Some(hook) = instrumentation.on_request_error() else { return };
    let file = instrumentation.file();
    let Some(running) = Running::begin(instrumentation.running()) else {
        tracing::warn!(file, "`on_request_error` is not told of an error: {MOST} others run");
        return;
    };
    let report = Arc::new(Report::new(observed, failure, route));
    let told = async move {
        let _running = running;
        told(hook, report, file).await;
    };
    background(Box::pin(told.in_current_span()));
}

async fn told(hook: fn(Arc<Report>) -> OutcomeFuture, report: Arc<Report>, file: &'static str) {
    // Made within, so that a function that is not `async` is caught as well.
    let work = AssertUnwindSafe(async { hook(report).await }).catch_unwind();
    match tokio::time::timeout(LONGEST, work).await {
        Ok(Ok(Ok(()))) => {}
        Ok(Ok(Err(error))) => tracing::error!(file, "`on_request_error` failed: {error:?}"),
        Ok(Err(panic)) => {
            tracing::error!(file, panic = panic_text(&*panic), "`on_request_error` panicked");
        }
        Err(_) => tracing::error!(file, "`on_request_error` was given up after {LONGEST:?}"),
    }
}
