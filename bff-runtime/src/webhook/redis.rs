use std::{fmt, time::Duration};

use super::{Replay, ReplayFuture, ReplayId, ReplayStore};
use crate::redis::{Redis, RedisError};

/// The ids of messages in Redis, for all instances of an app. Needs the feature `redis`.
///
/// An app with the variable `BFF_REDIS_URL` has it without asking. A message is taken up by `SET … NX`, which one
/// instance wins; it is 409 for the others until it is handled.
///
/// ```
/// use bff::{redis::Redis, webhook::{RedisReplays, Webhooks}};
///
/// # fn main() -> Result<(), bff::redis::RedisError> {
/// let redis = Redis::connect("redis://127.0.0.1:6379")?;
/// let hooks = Webhooks::new().replays(RedisReplays::new(redis));
/// # let _ = hooks;
/// # Ok(())
/// # }
/// ```
///
/// When Redis is away no message is handled: it is 503, and its sender tries again. An instance that ends in the middle
/// of a message leaves it 409 for as long as ids are kept, ten minutes; senders try for longer than that.
pub struct RedisReplays(Result<Redis, RedisError>);

const RUNNING: &str = "running";
const DONE: &str = "done";

impl RedisReplays {
    /// The ids in this Redis, below `bff:webhook:`.
    pub fn new(redis: Redis) -> Self {
        Self(Ok(redis))
    }

    /// Those in the Redis that the environment names, when it names one. A URL that cannot be used is no reason to keep
    /// them elsewhere: then every message is refused.
    pub(super) fn of_environment() -> Option<Self> {
        Redis::from_env().transpose().map(Self)
    }

    fn redis(&self) -> Result<&Redis, RedisError> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

fn key(id: &ReplayId) -> String {
    format!("bff:webhook:{id}")
}

impl ReplayStore for RedisReplays {
    fn begin<'a>(&'a self, id: &'a ReplayId, keep: Duration) -> ReplayFuture<'a, Replay> {
        Box::pin(async move {
            let (redis, key) = (self.redis()?, key(id));
            if redis.set_nx_ex(&key, RUNNING, keep).await? {
                return Ok(Replay::New);
            }
            // One that was forgotten between the two is asked for again by its sender.
            let found = redis.get(&key).await?;
            Ok(if found.as_deref() == Some(DONE.as_bytes()) {
                Replay::Done
            } else {
                Replay::Running
            })
        })
    }

    fn end<'a>(&'a self, id: &'a ReplayId, is_done: bool) -> ReplayFuture<'a, ()> {
        Box::pin(async move {
            let (redis, key) = (self.redis()?, key(id));
            if is_done {
                // Its time goes on from when it was taken up.
                redis.command(&["SET", &key, DONE, "XX", "KEEPTTL"]).await?;
            } else {
                redis.del(&key).await?;
            }
            Ok(())
        })
    }
}

impl fmt::Debug for RedisReplays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisReplays").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redis::stand::Server;

    const KEEP: Duration = Duration::from_secs(600);

    async fn begin(store: &RedisReplays, number: u64) -> Result<Replay, String> {
        store.begin(&ReplayId::test(number), KEEP).await.map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn security_56_two_instances_handle_a_message_once() {
        let Some(server) = Server::start() else { return };
        let [one, other] = [RedisReplays::new(server.redis()), RedisReplays::new(server.redis())];
        assert_eq!(begin(&one, 1).await, Ok(Replay::New));
        assert_eq!(begin(&other, 1).await, Ok(Replay::Running));
        one.end(&ReplayId::test(1), false).await.unwrap();
        assert_eq!(begin(&other, 1).await, Ok(Replay::New));
        other.end(&ReplayId::test(1), true).await.unwrap();
        assert_eq!(begin(&one, 1).await, Ok(Replay::Done));
        assert_eq!(begin(&one, 2).await, Ok(Replay::New));
        // Done or not, it is forgotten when its time is over.
        for number in [1, 2] {
            let words = ["PTTL", &key(&ReplayId::test(number))];
            let left = server.redis().command(&words).await.unwrap().integer().unwrap();
            assert!((1..=600_000).contains(&left), "{left}");
        }
        // What was forgotten in the meantime does not come back.
        one.end(&ReplayId::test(3), true).await.unwrap();
        assert_eq!(begin(&one, 3).await, Ok(Replay::New));
    }

    #[tokio::test]
    async fn security_56_of_many_at_once_one_is_new() {
        let Some(server) = Server::start() else { return };
        let stores: Vec<_> = (0..8).map(|_| RedisReplays::new(server.redis())).collect();
        for number in 0..20 {
            let all = stores.iter().map(|store| begin(store, number));
            let found = futures_util::future::join_all(all).await;
            let n_new = found.iter().filter(|found| **found == Ok(Replay::New)).count();
            assert!(
                n_new <= 1 && found.iter().all(|found| *found != Ok(Replay::Done)),
                "{found:?}"
            );
        }
    }

    #[tokio::test]
    async fn security_51_security_56_without_redis_no_message_is_taken_up() {
        let Some(mut server) = Server::start() else { return };
        let store = RedisReplays::new(server.redis());
        assert_eq!(begin(&store, 1).await, Ok(Replay::New));
        server.kill();
        assert!(begin(&store, 2).await.is_err());
        let unusable = RedisReplays(Err(RedisError::Url("cannot be read")));
        assert_eq!(begin(&unusable, 1).await, Err("the URL of Redis cannot be read".to_owned()));
        assert!(unusable.end(&ReplayId::test(1), true).await.is_err());
    }
}
