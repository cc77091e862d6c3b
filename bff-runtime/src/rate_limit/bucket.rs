use std::{
    hash::{DefaultHasher, Hasher as _},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware, nanos::Nanos,
    state::StateStore,
};

use super::{Asker, Clock, Common, Key, RateLimit, State, Table, Tally};

/// One limit with its buckets.
#[derive(Debug)]
pub(super) struct Bucket {
    pub(super) limit: &'static RateLimit,
    governor: RateLimiter<u64, Buckets, Clock, StateInformationMiddleware>,
    cost: NonZeroU32,
    /// Has been fed what [`identify`] says.
    hasher: DefaultHasher,
    /// What it does or would do, for the log.
    pub(super) tally: Tally,
}

impl Bucket {
    pub(super) fn new(limit: &'static RateLimit, common: &Common) -> Self {
        let one = NonZeroU32::MIN;
        let interval = limit.interval();
        let step = interval.saturating_mul(u64::from(limit.cost.max(1)));
        let quota = Quota::with_period(Duration::from_nanos(interval))
            .unwrap_or(Quota::per_second(one))
            .allow_burst(NonZeroU32::new(limit.burst).unwrap_or(one));
        let buckets = Buckets { table: Arc::clone(common.table()), since: common.now(), step };
        let mut hasher = common.table().hasher();
        // How many parts follow, so that they cannot be taken for others.
        hasher.write_usize(limit.by.len());
        identify(limit, &mut |bytes| hasher.write(bytes));
        Self {
            limit,
            hasher,
            governor: RateLimiter::new(quota, buckets, common.clock().clone()),
            cost: NonZeroU32::new(limit.cost).unwrap_or(one),
            tally: Tally::default(),
        }
    }

    /// Which bucket is that of a request.
    pub(super) fn hash(&self, asker: &Asker<'_>, common: &Common) -> u64 {
        let mut hasher = self.hasher.clone();
        asker.feed(self.limit.by, common, &mut |bytes| hasher.write(bytes));
        hasher.finish()
    }

    /// Takes the cost of a request.
    ///
    /// # Errors
    /// When there is not enough: what there is, and when there will be.
    pub(super) fn take(&self, hash: u64) -> Result<State, State> {
        let result = if self.cost == NonZeroU32::MIN {
            self.governor.check_key(&hash)
        } else {
            match self.governor.check_key_n(&hash, self.cost) {
                Ok(result) => result,
                // The build refuses a cost beyond the burst.
                Err(_) => return Err(State::after(self.limit, 0)),
            }
        };
        match result {
            Ok(state) => Ok(State::after(self.limit, state.remaining_burst_capacity())),
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.governor.clock().now());
                Err(State::refused(self.limit, u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX)))
            }
        }
    }

    /// Gives back what [`take`](Self::take) took, as if the request had not come.
    pub(super) fn give_back(&self, hash: u64, common: &Common) {
        let step = self.limit.interval().saturating_mul(u64::from(self.limit.cost));
        common.table().give_back(hash, step);
    }
}

/// What tells the buckets of this limit from those of others, the same in every instance. A limit that has been
/// changed begins anew.
pub(super) fn identify(limit: &RateLimit, feed: &mut impl FnMut(&[u8])) {
    let RateLimit { scope, count, seconds, burst, by, .. } = limit;
    feed(&scope.len().to_le_bytes());
    feed(scope.as_bytes());
    for number in [count, seconds, burst] {
        feed(&number.to_le_bytes());
    }
    for key in *by {
        let name = match key {
            Key::Header(name) | Key::Cookie(name) => name,
            Key::Ip | Key::Session | Key::User | Key::Function(_) => "",
        };
        feed(&name.len().to_le_bytes());
        feed(name.as_bytes());
    }
}

/// The table as governor's limiters see it, whose times begin with each of them.
#[derive(Debug)]
struct Buckets {
    table: Arc<Table>,
    /// When this limiter was made.
    since: u64,
    /// How far a request moves the time of its bucket.
    step: u64,
}

impl StateStore for Buckets {
    type Key = u64;

    fn measure_and_replace<T, F, E>(&self, hash: &u64, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.table.update(*hash, self.step, |until| {
            let until = until.map(|until| Nanos::from(until.saturating_sub(self.since)));
            let (result, next) = decide(until)?;
            Ok((result, next.as_u64().saturating_add(self.since)))
        })
    }
}
