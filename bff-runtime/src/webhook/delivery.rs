use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Waker},
};

use http::StatusCode;
use tokio::runtime::Handle;

use super::{ReplayId, ReplayStore};
use crate::after;

/// A message that was taken up and whose answer is not known yet. Dropped before it is, the handler was given up.
pub(crate) struct Delivery {
    store: Arc<dyn ReplayStore>,
    id: ReplayId,
    is_ended: AtomicBool,
}

impl Delivery {
    pub(super) fn new(store: Arc<dyn ReplayStore>, id: ReplayId) -> Self {
        Self { store, id, is_ended: AtomicBool::new(false) }
    }

    /// The handler has answered. Senders take 2xx for success, and send again after anything else.
    pub(crate) fn answered(&self, status: StatusCode) {
        self.end(status.is_success());
    }

    fn end(&self, is_done: bool) {
        // A store may need the runtime, which is gone when a program ends with requests in it.
        if self.is_ended.swap(true, Ordering::Relaxed) || Handle::try_current().is_err() {
            return;
        }
        let (store, id) = (Arc::clone(&self.store), self.id);
        let mut ending = Box::pin(async move {
            if let Err(error) = store.end(&id, is_done).await {
                tracing::error!(%error, "what became of a webhook is not kept");
            }
        });
        // A store in memory is done at once, before the sender can have the answer. Another one is not waited for.
        if ending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            after::background(ending);
        }
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.end(false);
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").field("id", &self.id).finish_non_exhaustive()
    }
}
