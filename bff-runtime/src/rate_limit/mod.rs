//! Rate limits: how often a client may ask.
//!
//! ```text
//! RateLimit (static data) → Limiters, once per router → Limiter, once per list of limits → Verdict, per request
//! ```
//!
//! Each limit is a bucket per key (GCRA): it holds `burst`, a request takes `cost`, and `count` come back in each
//! period, evenly. Limits of one `scope` share their buckets, so a rule over many routes is one quota; what an
//! attribute says is a quota of its own handler. A request has to pass all limits of its list, and when one refuses it,
//! the others have not counted it.
//!
//! - The caller leaves CORS preflights out: a browser sends them unasked. HEAD takes from the bucket of GET, as methods
//!   and paths are no part of a key.
//! - A client without the header, the cookie or the session that a limit goes by is counted by its address. One bucket
//!   for all of them would let a single one of them keep the others out, and none would let anybody pass who leaves the
//!   header away.
//! - A key that a client can make up, a header that nobody has checked, is a new bucket for each value. Beside such a
//!   limit belongs one by address.
//!
//! In memory the state is governor's, in a table of at most 64 MiB for all limiters of a router. With the feature
//! `redis` and `BFF_REDIS_URL` it is in Redis, where one script counts for all instances by the clock of Redis.

mod bucket;
mod clock;
mod common;
mod data;
mod fields;
mod key;
mod limiter;
mod limiters;
#[cfg(feature = "redis")]
mod redis;
mod shard;
mod storage;
mod sweeper;
mod table;
mod tally;
mod verdict;

#[cfg(test)]
mod tests;

pub(crate) use self::fields::RATE_LIMIT;

pub use self::{
    data::{Key, KeyFunction, Outage, RateLimit},
    key::{Identify, Who},
    limiter::Limiter,
    limiters::Limiters,
    verdict::{Allowance, Refusal, Verdict},
};

use self::{
    bucket::Bucket,
    clock::Clock,
    common::Common,
    key::Asker,
    table::Table,
    tally::Tally,
    verdict::{State, States},
};
