use std::fmt;

use super::{chosen::choose, store::Settings};
use crate::{Error, Result, redis::Redis};

/// How the instances of an app share what they keep, where the variable `BFF_REDIS_URL` alone does not say it. Needs the
/// feature `redis`.
///
/// ```no_run
/// use bff::{cache::{Outage, Sharing}, redis::Redis};
///
/// # fn main() -> bff::Result {
/// // In `main`, before the app is made.
/// Sharing::on(Redis::connect("redis://localhost")?)
///     .prefix("shop:cache:")
///     .while_away(Outage::Local)
///     .start()?;
/// # Ok(())
/// # }
/// ```
///
/// Keys begin with `bff:cache:`, whatever the app: apps that share a Redis have databases (`redis://…/1`) or prefixes of
/// their own, or one would answer with what the other keeps.
///
/// The Redis may forget whatever it likes: `maxmemory-policy allkeys-lru` is the one for it. It is connected to directly,
/// not through a proxy that would hide which server answers; when it is restarted, or a replica takes over, everything
/// is made anew.
#[derive(Debug)]
#[must_use = "nothing is shared so before `start`"]
pub struct Sharing {
    redis: Redis,
    settings: Settings,
}

impl Sharing {
    /// On this Redis.
    pub fn on(redis: Redis) -> Self {
        Self { redis, settings: Settings::default() }
    }

    /// What the keys begin with, instead of `bff:cache:`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.settings.prefix = prefix.into();
        self
    }

    /// The name of this release of the app, such as its commit: what another release has kept is not read, and revalidations
    /// are heard by all. Without it a release reads what the one before has kept, as far as it can.
    pub fn release(mut self, release: impl Into<String>) -> Self {
        self.settings.release = release.into();
        self
    }

    /// What is done while Redis is away; [`Outage::Bypass`] unless it is said.
    pub fn while_away(mut self, outage: Outage) -> Self {
        self.settings.outage = outage;
        self
    }

    /// How many bytes an entry may have that is shared, 1 MiB unless it is set. What is larger each instance makes for
    /// itself; it is revalidated like all else.
    pub fn largest(mut self, bytes: usize) -> Self {
        self.settings.largest = bytes;
        self
    }

    /// Shares so from now on.
    ///
    /// # Errors
    /// When something has been kept, or revalidated, already: that was shared otherwise.
    pub fn start(self) -> Result {
        match choose(self.redis, self.settings) {
            true => Ok(()),
            false => Err(Error::msg(
                "it is decided already how what is kept is shared; say it in `main`, before the app is made",
            )),
        }
    }
}

/// What is done while Redis is away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outage {
    /// Nothing that is kept is served: handlers and functions run every time. No answer is older than what was
    /// revalidated.
    #[default]
    Bypass,
    /// Each instance serves what it has, for as long as that is good, and keeps what it makes; it does not hear of what
    /// others revalidate until Redis is back.
    Local,
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bypass => "and nothing is answered from it",
            Self::Local => "and each instance goes on alone",
        })
    }
}
