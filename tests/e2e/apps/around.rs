//! With state: what happens around a request, before its handler and after its response.

use std::sync::Arc;

use bff::{axum::extract::FromRef, cookies::KeyRing};
use tokio::sync::Notify;

use crate::support::Events;

bff::app!(state = Around, dir = "apps/around/app");

/// The state of the app. Each test makes its own, so no test sees another.
#[derive(Clone, Default)]
pub(crate) struct Around {
    pub(crate) events: Events,
    /// Lets a handler go on.
    pub(crate) handler: Arc<Notify>,
    /// Lets work for after the response go on.
    pub(crate) work: Arc<Notify>,
}

/// The same for every instance, as keys of a deployment are.
impl FromRef<Around> for KeyRing {
    fn from_ref(_: &Around) -> Self {
        Self::new([7; 32]).expect("32 bytes")
    }
}

impl Around {
    /// Work for after the response that waits for the test and tells that it is done.
    pub(crate) async fn work(self, done: &'static str) {
        self.work.notified().await;
        self.events.tell(done);
    }
}
