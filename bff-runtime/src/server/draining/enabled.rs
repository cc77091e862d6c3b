use std::sync::Arc;

use http::Extensions;

use crate::server::drain::DrainSignal;

/// Knows when the server stops.
#[derive(Clone)]
pub(crate) struct Draining(Arc<DrainSignal>);

impl Draining {
    pub(in crate::server) fn new(drain: &Arc<DrainSignal>) -> Self {
        Self(Arc::clone(drain))
    }

    /// Goes with a request for an upgrade. Only such a request comes from hyper with extensions, so looking for
    /// them costs the others nothing.
    pub(in crate::server) fn accompany(&self, extensions: &mut Extensions) {
        if !extensions.is_empty() {
            extensions.insert(self.clone());
        }
    }

    /// Whether the server has begun to stop.
    pub(crate) fn has_begun(&self) -> bool {
        self.0.has_begun()
    }

    /// Completes when it has.
    pub(crate) async fn begun(self) {
        self.0.begun().await;
    }
}
