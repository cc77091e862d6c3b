//! What has happened on a connection so far, for the one who watches its deadlines.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// Counts and no times: a request must not cost a look at the clock.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Bytes have come since the last request began or ended; between requests they are a head.
    bytes: AtomicBool,
    begun: AtomicUsize,
    ended: AtomicUsize,
}

// Nothing is read by way of these values but themselves, so they order nothing.
impl Progress {
    pub(super) fn bytes_arrived(&self) {
        self.bytes.store(true, Ordering::Relaxed);
    }

    /// A head is complete. The request ends when what this returns is dropped.
    pub(super) fn request_begins(self: &Arc<Self>) -> InFlight {
        self.bytes.store(false, Ordering::Relaxed);
        self.begun.fetch_add(1, Ordering::Relaxed);
        InFlight(Arc::clone(self))
    }

    /// How many requests there were.
    pub(super) fn requests(&self) -> usize {
        self.begun.load(Ordering::Relaxed)
    }

    /// Whether a request is being handled or answered.
    pub(super) fn is_busy(&self) -> bool {
        self.requests() != self.ended.load(Ordering::Relaxed)
    }

    /// Whether a part of a head has come, and not the whole.
    pub(super) fn is_within_head(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) && !self.is_busy()
    }
}

/// A request that is being handled or answered.
#[derive(Debug)]
pub(super) struct InFlight(Arc<Progress>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.bytes.store(false, Ordering::Relaxed);
        self.0.ended.fetch_add(1, Ordering::Relaxed);
    }
}
