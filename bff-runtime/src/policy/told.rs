use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::Prepared;
use crate::{cors::CorsAnswer, rate_limit::Allowance};

/// What a response says of its request, an error, a 304 and a 412 too: how often it may be sent, and who may read the
/// answer.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) allowance: Option<Allowance>,
    pub(crate) cors: Option<CorsAnswer>,
    /// The headers that these make, where they are the same for most requests.
    pub(crate) prepared: Option<Arc<Prepared>>,
}

impl Told {
    pub(crate) fn is_nothing(&self) -> bool {
        self.allowance.is_none() && self.cors.is_none()
    }

    /// Puts it on a response.
    pub(crate) fn put_on(&self, response: &mut HeaderMap) {
        if let Some(allowance) = &self.allowance {
            allowance.put_on(response);
        }
        if let Some(cors) = &self.cors {
            cors.put_on(response);
        }
    }

    /// `RateLimit`.
    pub(super) fn limit(&self) -> Option<HeaderValue> {
        self.allowance.as_ref()?.field()
    }

    /// `Access-Control-Allow-Origin`.
    pub(super) fn reader(&self) -> Option<&HeaderValue> {
        self.cors.as_ref()?.reader()
    }
}
