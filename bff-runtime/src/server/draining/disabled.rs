use std::sync::Arc;

use http::Extensions;

use crate::server::drain::DrainSignal;

pub(in crate::server) struct Draining;

impl Draining {
    pub(in crate::server) fn new(_: &Arc<DrainSignal>) -> Self {
        Self
    }

    pub(in crate::server) fn accompany(&self, _: &mut Extensions) {}
}
