//! Redis: what several instances of an app share. Needs the feature `redis`.
//!
//! [`Redis`] is one connection that many requests use at once. It is made when it is first needed and again whenever
//! it breaks, and nobody ever waits for it longer than a deadline of some [milliseconds](Redis::DEADLINE):
//!
//! ```
//! use std::time::Duration;
//! use bff::redis::{Redis, RedisError};
//!
//! /// True for the first who brings this id, within an hour.
//! async fn is_new(redis: &Redis, id: &str) -> Result<bool, RedisError> {
//!     redis.set_nx_ex(&format!("seen:{id}"), "1", Duration::from_secs(3600)).await
//! }
//! ```
//!
//! # When Redis is away
//!
//! The first call that fails, or that has no reply within the deadline, opens a circuit: from then on calls fail at
//! once, and cost nothing, until a probe has succeeded. Probes are made in the background, one at a time and with pauses
//! of 50 ms to half a second, for as long as somebody asks; the app is back less than two seconds after Redis is. What a failure means is for the caller to say: a rate limit has `open` and
//! `closed` for it.
//!
//! A call that had no reply may have been carried out all the same.
//!
//! Rate limits, webhooks and the [cache](crate::cache) find their Redis by the variable `BFF_REDIS_URL`:
//! `redis://[user][:password]@host[:port][/database]`, `rediss://` with the same for TLS (feature `tls`), or
//! `unix:///path/of/the.sock`. The certificate behind `rediss` is checked against the roots of the operating system, or those in
//! the file that `SSL_CERT_FILE` names. The variable is read as [`env`](mod@crate::env) reads variables.

mod client;
mod error;
mod link;
mod reply;
mod script;
#[cfg(feature = "tls")]
mod tls;
#[cfg(not(feature = "tls"))]
#[path = "tls_disabled.rs"]
mod tls;

#[cfg(test)]
pub(crate) mod stand;
#[cfg(test)]
mod tests;

pub use self::{client::Redis, error::RedisError, reply::Reply, script::Script};

use self::link::Link;
