//! What all instances of an app share in one Redis: entries, and which names were given up when.
//!
//! # Why no answer is older than an invalidation
//!
//! A handler's answer is kept with the last invalidation that was known when it began, and counts until one of its names
//! is given up later than that. The versions of invalidations are made by Redis, in one script (`marks.lua`), so that
//! those of all instances are in one order; it tells each instance what it has not heard of yet, when that invalidates
//! and otherwise every [`RedisStore::LISTENS`]. An instance that has heard nothing for [`RedisStore::RELIES`] does not
//! rely on what it knows any more: its store is [away](super::Standing). So all know of an invalidation within 100 ms of
//! its return, and one that was begun before it is not served after, however late it is written, and whoever else writes
//! at the same time.
//!
//! What Redis forgets is a miss. What it does *not* forget is worse: one that comes back from a snapshot, or a replica that
//! has taken over, may lack an invalidation that it had confirmed. So the marks know the life of the server they were made
//! in ([`Lives`]) and the last that each instance has heard; when one of them does not fit, all that was begun until now
//! is gone.
//!
//! # Why it asks, and does not subscribe
//!
//! A message over `SUBSCRIBE` would be some milliseconds earlier, but it is lost without a trace when a connection hangs or
//! is made again. To be sure within 100 ms one would have to ask as often all the same; and a question costs as little as
//! a `PING`.

mod chosen;
mod codec;
mod listener;
mod lives;
mod news;
mod sharing;
mod store;

#[cfg(test)]
mod chaos;
#[cfg(test)]
mod tests;

pub use self::sharing::{Outage, Sharing};

pub(super) use self::chosen::{mistake, of_process};

use self::{listener::Listening, lives::Lives, news::News, store::RedisStore};

/// What one instance shares.
#[cfg(test)]
pub(super) fn shared_on(
    redis: crate::redis::Redis,
    outage: Outage,
    marks: &std::sync::Arc<super::Marks>,
) -> std::sync::Arc<dyn super::SharedStore> {
    let settings = store::Settings { outage, ..store::Settings::default() };
    RedisStore::new(redis, settings, std::sync::Arc::clone(marks))
}
