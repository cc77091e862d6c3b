use std::sync::Arc;

use super::{Bucket, Common, Identify, Limiter, RateLimit};

/// All limiters of a router: shared by all of its routes, bounded in memory.
#[derive(Clone, Debug)]
pub struct Limiters {
    common: Arc<Common>,
}

impl Limiters {
    /// Limiters that count in memory.
    pub fn in_memory() -> Self {
        Self::with(Common::new())
    }

    /// Limiters that count in the Redis of `BFF_REDIS_URL`, and in memory where it is not set.
    ///
    /// # Errors
    /// When the URL cannot be used: what stops the start, without the URL.
    pub fn from_env() -> Result<Self, String> {
        Common::from_env().map(Self::with)
    }

    fn with(common: Common) -> Self {
        Self { common: Arc::new(common) }
    }

    /// Limiters that count in this Redis.
    #[cfg(feature = "redis")]
    pub fn on_redis(redis: crate::redis::Redis) -> Self {
        Self::with(Common::new().on_redis(redis))
    }

    /// Limiters whose time is told by a test.
    #[cfg(test)]
    pub(super) fn with_clock(clock: super::Clock) -> Self {
        Self::with(Common::with_clock(clock))
    }

    /// Limiters that know sessions and users. Without, who goes by them is counted by address.
    #[must_use]
    pub fn identified_by(self, identify: Identify) -> Self {
        Self::with(self.common.identified_by(identify))
    }

    /// A limiter for a list of limits, `None` for none. Limits of one scope share their buckets, whichever limiter asks.
    pub fn limiter(&self, limits: &[&'static RateLimit]) -> Option<Limiter> {
        let bucket = |limit: &&'static RateLimit| Bucket::new(limit, &self.common);
        let buckets: Vec<Bucket> = limits.iter().map(bucket).collect();
        (!buckets.is_empty()).then(|| Limiter::new(Arc::clone(&self.common), buckets))
    }

    #[cfg(test)]
    pub(super) fn common(&self) -> &Arc<Common> {
        &self.common
    }
}
