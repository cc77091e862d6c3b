//! Sessions in Redis.

use super::{SessionStore, StoreError, StoreFuture, StoreKey, Stored};
use crate::redis::{Redis, RedisError, Reply};

/// Sessions that all instances of an app share, or what they remember of those in cookies; Redis forgets each when its
/// time is over.
///
/// ```no_run
/// use bff::{redis::Redis, session::Sessions};
///
/// # fn example() -> bff::Result {
/// let sessions = Sessions::stored(Redis::connect("redis://localhost")?);
/// let sessions = Sessions::from_env()?.ended_in(Redis::connect("redis://localhost")?);
/// # Ok(())
/// # }
/// ```
///
/// A Redis for sessions has `maxmemory-policy noeviction`, or `volatile-ttl` if it may forget visitors and users alike
/// when it is full. While it is away requests with a session are answered 503. Keys begin with `bff:session:`, whatever
/// the app: one with other users has another database (`redis://…/1`).
impl SessionStore for Redis {
    fn load<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, Option<Vec<u8>>> {
        Box::pin(async move { Ok(self.get(name(key)).await?) })
    }

    fn insert<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, ()> {
        Box::pin(async move { Ok(self.set_ex(name(key), stored.value, stored.lifetime).await?) })
    }

    fn update<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, bool> {
        Box::pin(async move {
            // Redis wants a lifetime of one at least.
            let lifetime = stored.lifetime.as_millis().clamp(1, i64::MAX as u128 / 2).to_string();
            let (key, lifetime) = (name(key), lifetime.as_bytes());
            let words = [b"SET", key.as_bytes(), stored.value, b"XX", b"PX", lifetime];
            Ok(self.command(&words).await? != Reply::Nil)
        })
    }

    fn remove<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.del(name(key)).await?;
            Ok(())
        })
    }
}

fn name(key: &StoreKey) -> String {
    format!("bff:session:{key}")
}

impl From<RedisError> for StoreError {
    fn from(error: RedisError) -> Self {
        Self::new(error)
    }
}
