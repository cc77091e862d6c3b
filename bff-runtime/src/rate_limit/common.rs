use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use governor::clock::Clock as _;

#[cfg(feature = "redis")]
use super::Tally;
use super::{Clock, Identify, Table, sweeper::Sweeper};
#[cfg(feature = "redis")]
use crate::redis::{Redis, RedisError};

/// What all limiters of a router have in common.
#[derive(Clone, Debug)]
pub(super) struct Common {
    table: Arc<Table>,
    sweeper: Sweeper,
    clock: Clock,
    #[cfg(feature = "redis")]
    redis: Option<Redis>,
    identify: Option<Identify>,
    has_warned: Arc<AtomicBool>,
    /// Requests that could not be counted.
    #[cfg(feature = "redis")]
    uncounted: Arc<Tally>,
}

impl Common {
    pub(super) fn new() -> Self {
        Self::with_clock(Clock::start())
    }

    pub(super) fn with_clock(clock: Clock) -> Self {
        Self {
            table: Arc::new(Table::new()),
            sweeper: Sweeper::default(),
            clock,
            #[cfg(feature = "redis")]
            redis: None,
            identify: None,
            has_warned: Arc::default(),
            #[cfg(feature = "redis")]
            uncounted: Arc::default(),
        }
    }

    /// # Errors
    /// When the URL of Redis cannot be used.
    #[cfg(feature = "redis")]
    pub(super) fn from_env() -> Result<Self, String> {
        match Redis::from_env() {
            Ok(Some(redis)) => Ok(Self::new().on_redis(redis)),
            Ok(None) => Ok(Self::new()),
            Err(error) => Err(format!("`{}` cannot be used: {error}", Redis::VARIABLE)),
        }
    }

    /// # Errors
    /// When a Redis is wanted: each instance would count for itself, which nobody would notice.
    #[cfg(not(feature = "redis"))]
    pub(super) fn from_env() -> Result<Self, String> {
        match crate::env::var_opt("BFF_REDIS_URL") {
            Some(url) if !url.is_empty() => {
                Err("`BFF_REDIS_URL` is set, and bff was built without its feature `redis`"
                    .to_owned())
            }
            _ => Ok(Self::new()),
        }
    }

    #[cfg(feature = "redis")]
    pub(super) fn on_redis(mut self, redis: Redis) -> Self {
        self.redis = Some(redis);
        self
    }

    pub(super) fn identified_by(&self, identify: Identify) -> Self {
        Self { identify: Some(identify), ..self.clone() }
    }

    pub(super) fn table(&self) -> &Arc<Table> {
        &self.table
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Nanoseconds of the clock.
    pub(super) fn now(&self) -> u64 {
        self.clock.now().as_u64()
    }

    pub(super) fn identify(&self) -> Option<Identify> {
        self.identify
    }

    #[cfg(feature = "redis")]
    pub(super) fn redis(&self) -> Option<&Redis> {
        self.redis.as_ref()
    }

    /// Says, once a second at most, that limits do what they do without a store.
    #[cfg(feature = "redis")]
    pub(super) fn could_not_count(&self, error: &RedisError) {
        if let Some(count) = self.uncounted.add(self.now()) {
            tracing::warn!(count, "requests were not counted by their rate limits: {error}");
        }
    }

    /// True when every count has to be waited for.
    pub(super) fn waits(&self) -> bool {
        #[cfg(feature = "redis")]
        if self.redis.is_some() {
            return true;
        }
        false
    }

    pub(super) fn sweep_if_large(&self) {
        self.sweeper.start_if_large(&self.table, &self.clock);
    }

    /// Says once that addresses are not known, so that all who are counted by it share one bucket.
    pub(super) fn warn_of_missing_address(&self) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "a rate limit by address needs a server that sets `ConnectInfo<SocketAddr>`; until then all clients \
                 share one quota"
            );
        }
    }
}
