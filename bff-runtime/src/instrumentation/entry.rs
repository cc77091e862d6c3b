use std::{
    fmt,
    sync::{Arc, atomic::AtomicUsize},
};

use axum::{Extension, Router};
use tokio::sync::OnceCell;

use super::{OutcomeFuture, Report, apps};
use crate::{
    error::{Error, Result},
    observe,
};

/// The functions of an `instrumentation.rs`, as `app!` emits them. Of each there is one at most, or none under this
/// build's `cfg`s.
pub struct Instrumentation {
    file: &'static str,
    register: &'static [fn() -> OutcomeFuture],
    on_request_error: &'static [fn(Arc<Report>) -> OutcomeFuture],
    registered: OnceCell<()>,
    /// How many times `on_request_error` runs just now.
    running: AtomicUsize,
}

impl Instrumentation {
    /// What stands in this file.
    pub const fn new(
        file: &'static str,
        register: &'static [fn() -> OutcomeFuture],
        on_request_error: &'static [fn(Arc<Report>) -> OutcomeFuture],
    ) -> Self {
        Self {
            file,
            register,
            on_request_error,
            registered: OnceCell::const_new(),
            running: AtomicUsize::new(0),
        }
    }

    /// Runs `register`, once for each process: whoever comes later waits for the first, and runs it only when that
    /// has failed (IN-01, RH-420).
    ///
    /// # Errors
    /// The error of `register`.
    pub async fn register(&'static self) -> Result {
        let run = || async {
            for register in self.register {
                let outcome = register().await;
                outcome.inspect_err(|error| {
                    tracing::error!(file = self.file, "`register` failed: {error:?}");
                })?;
            }
            Ok::<(), Error>(())
        };
        self.registered.get_or_try_init(run).await?;
        Ok(())
    }

    pub(super) fn file(&self) -> &'static str {
        self.file
    }

    pub(super) fn running(&self) -> &AtomicUsize {
        &self.running
    }

    pub(super) fn on_request_error(&self) -> Option<fn(Arc<Report>) -> OutcomeFuture> {
        self.on_request_error.first().copied()
    }
}

impl fmt::Debug for Instrumentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instrumentation").field("file", &self.file).finish_non_exhaustive()
    }
}

/// The router of an app that has an `instrumentation.rs`.
///
/// Requests are told of it in their extensions, which only errors look at: the routes know nothing of it, in
/// whichever router they are.
pub fn instrumented<S>(instrumentation: &'static Instrumentation, router: Router<S>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    apps::instrumented(instrumentation);
    if instrumentation.on_request_error().is_none() {
        return router;
    }
    observe::turn_on();
    router.layer(Extension(instrumentation))
}
