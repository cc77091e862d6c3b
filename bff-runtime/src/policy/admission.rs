use std::{sync::Arc, time::Duration};

use http::HeaderMap;

use super::{Effective, gate::Permit};

/// What goes with a request to its handler, and with the response back.
#[derive(Debug, Default)]
pub(crate) struct Admission {
    /// How long the handler may take.
    pub(crate) timeout: Option<Duration>,
    /// What the response gets that has no such header.
    pub(crate) headers: Option<Arc<HeaderMap>>,
    /// Its place among those that are answered at a time.
    pub(crate) permit: Option<Permit>,
}

impl Admission {
    /// For a request of which so much holds.
    pub(super) fn new(effective: &Effective) -> Self {
        Self { timeout: effective.timeout, headers: effective.headers.clone(), permit: None }
    }
}
