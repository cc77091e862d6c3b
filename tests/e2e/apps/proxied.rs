//! With state and a proxy that decides first, told by the query what to decide.

use std::sync::{Arc, atomic::AtomicUsize};

use tokio::sync::Notify;

use crate::support::Events;

bff::app!(state = Proxying, dir = "apps/proxied/app");

/// What has run. Each test makes its own.
#[derive(Clone, Default)]
pub(crate) struct Proxying {
    pub(crate) runs: Arc<AtomicUsize>,
    pub(crate) handled: Arc<AtomicUsize>,
    pub(crate) events: Events,
    /// Lets work for later go on.
    pub(crate) go_on: Arc<Notify>,
}
