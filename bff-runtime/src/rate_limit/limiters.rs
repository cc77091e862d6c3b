use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::{Bucket, Common, Identify, Limiter, RateLimit};

/// All limiters of a router: made once, shared by all of its routes, bounded in memory.
#[derive(Clone, Debug)]
pub struct Limiters {
    common: Arc<Common>,
    made: Arc<Made>,
}

/// What has been made so far. There is no more of it than a build has of limits and of lists of them.
#[derive(Debug, Default)]
struct Made {
    /// A limit in many lists is one.
    buckets: Mutex<Vec<Arc<Bucket>>>,
    /// By the addresses of their limits.
    limiters: RwLock<Vec<(Vec<usize>, Limiter)>>,
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
        Self { common: Arc::new(common), made: Arc::default() }
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

    /// The limiter for a list of limits, `None` for none. The first request with a list makes it, any later one finds it.
    pub fn limiter(&self, limits: &[&'static RateLimit]) -> Option<Limiter> {
        if limits.is_empty() {
            return None;
        }
        let address = |limit: &&'static RateLimit| std::ptr::from_ref::<RateLimit>(*limit).addr();
        let is_it = |(addresses, _): &&(Vec<usize>, Limiter)| {
            addresses.iter().copied().eq(limits.iter().map(address))
        };
        let known = self.made.limiters.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, limiter)) = known.iter().find(is_it) {
            return Some(limiter.clone());
        }
        drop(known);
        let buckets = limits.iter().map(|limit| self.bucket(limit)).collect();
        let limiter = Limiter::new(Arc::clone(&self.common), buckets);
        let mut known = self.made.limiters.write().unwrap_or_else(PoisonError::into_inner);
        known.push((limits.iter().map(address).collect(), limiter.clone()));
        Some(limiter)
    }

    fn bucket(&self, limit: &'static RateLimit) -> Arc<Bucket> {
        let mut buckets = self.made.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.iter().find(|bucket| std::ptr::eq(bucket.limit, limit)) {
            return Arc::clone(bucket);
        }
        let bucket = Arc::new(Bucket::new(limit, &self.common));
        buckets.push(Arc::clone(&bucket));
        bucket
    }

    #[cfg(test)]
    pub(super) fn common(&self) -> &Arc<Common> {
        &self.common
    }
}
