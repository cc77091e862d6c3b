use std::sync::Arc;

use http::{HeaderValue, StatusCode, header};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Problem;

/// Lets so many requests to the handlers at a time. Those beyond are answered at once rather than kept waiting: a
/// queue only makes every one of them late (security.md section 5, row 40).
#[derive(Clone, Debug)]
pub(crate) struct Gate(Arc<Semaphore>);

/// A request is with its handler for as long as this lives.
pub(crate) type Permit = OwnedSemaphorePermit;

impl Gate {
    pub(super) fn new(concurrency: u32) -> Self {
        let permits = usize::try_from(concurrency).unwrap_or(usize::MAX);
        Self(Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS))))
    }

    /// # Errors
    /// 503 with `Retry-After` while as many as may be are there.
    pub(crate) fn enter(&self) -> Result<Permit, Box<Problem>> {
        Arc::clone(&self.0).try_acquire_owned().map_err(|_| busy())
    }

    /// For what nobody waits for, and so may come when there is room.
    pub(crate) async fn wait(&self) -> Option<Permit> {
        // It is never closed.
        Arc::clone(&self.0).acquire_owned().await.ok()
    }
}

#[cold]
fn busy() -> Box<Problem> {
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE)
        .detail("too many requests are being answered")
        .header(header::RETRY_AFTER, HeaderValue::from_static("1"));
    Box::new(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_may_be_are_let_in_and_each_makes_room_when_it_leaves() {
        let gate = Gate::new(2);
        let first = gate.enter().expect("room");
        let _second = gate.clone().enter().expect("room");
        let refused = gate.enter().expect_err("none is left");
        assert_eq!(refused.status(), 503);
        drop(first);
        assert!(gate.enter().is_ok());
        assert!(Gate::new(u32::MAX).enter().is_ok());
    }
}
