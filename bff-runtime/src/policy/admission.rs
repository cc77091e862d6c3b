use std::{borrow::Cow, sync::Arc, time::Duration};

use http::HeaderMap;

use super::{Effective, Told, gate::Permit};
use crate::{cache::Plan, cors::CorsAnswer, rate_limit::Limiter};

/// What goes with a request to its handler, and with the response back.
#[derive(Debug, Default)]
pub(crate) struct Admission<'p> {
    /// How long the handler may take.
    pub(crate) timeout: Option<Duration>,
    /// What the response gets that has no such header.
    pub(crate) headers: Option<Arc<HeaderMap>>,
    /// What the response says of its request.
    pub(crate) told: Told,
    /// Counts it, which has to be waited for before the handler.
    pub(crate) limiter: Option<Limiter>,
    /// How its answer is kept.
    pub(crate) plan: Option<Cow<'p, Arc<Plan>>>,
    /// Its place among those that are answered at a time.
    pub(crate) permit: Option<Permit>,
}

impl Admission<'_> {
    /// For a request of which so much holds.
    pub(super) fn new(effective: &Effective, request: &HeaderMap) -> Self {
        Self {
            timeout: effective.timeout,
            headers: effective.headers.clone(),
            told: Told {
                cors: effective.cors.map(|cors| CorsAnswer::of(cors, request)),
                ..Told::default()
            },
            ..Self::default()
        }
    }
}
