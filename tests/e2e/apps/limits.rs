//! With state and a `bff.toml`: limits of the server, of rules and of handlers, trusted proxies, upstreams.

use std::sync::Arc;

use bff::http::request::Parts;
use tokio::sync::Notify;

use crate::support::Events;

bff::app!(state = Limits, dir = "apps/limits/app");

/// The state of the app. Each test makes its own, so no test sees another.
#[derive(Clone, Default)]
pub(crate) struct Limits {
    pub(crate) events: Events,
    /// Lets a handler go on.
    pub(crate) go_on: Arc<Notify>,
}

/// Counts all requests together.
pub(crate) fn everybody(_: &Parts) -> Option<String> {
    Some(String::new())
}

/// Tells that it was dropped.
pub(crate) struct Watched(pub(crate) Events);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.tell("dropped");
    }
}
