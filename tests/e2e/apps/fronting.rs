//! With state: a proxy in front of an old server.

use std::sync::{Arc, OnceLock};

use bff::upstream::Upstream;

bff::app!(state = Fronting, dir = "apps/fronting/app");

/// Where requests may be sent on.
#[derive(Clone)]
pub(crate) struct Fronting {
    pub(crate) old: Upstream,
    /// Nobody listens there.
    pub(crate) gone: Upstream,
    /// The app itself, whose address is known once it listens.
    pub(crate) itself: Arc<OnceLock<Upstream>>,
}
