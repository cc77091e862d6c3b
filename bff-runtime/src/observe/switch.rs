use std::sync::atomic::{AtomicBool, Ordering};

/// Whether an access log or an `on_request_error` wants to know of requests. Spans are asked for otherwise.
static ON: AtomicBool = AtomicBool::new(false);

/// From here on requests are observed.
pub(crate) fn turn_on() {
    ON.store(true, Ordering::Relaxed);
}

/// The one look that a request pays when nobody observes it. A request that begins before it is turned on is not
/// observed, which is as well.
#[inline]
pub(crate) fn is_on() -> bool {
    ON.load(Ordering::Relaxed)
}
