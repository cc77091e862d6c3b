use std::sync::{Arc, OnceLock};

use super::{RedisStore, store::Settings};
use crate::{
    cache::{
        CacheError, Entry, Invalidation, Key, Marks, Name, SharedFuture, SharedStore, Standing,
        Version,
    },
    redis::{Redis, RedisError},
};

/// What the app has said, or else the environment.
static CHOSEN: OnceLock<Option<Chosen>> = OnceLock::new();

type Chosen = Result<(Redis, Settings), RedisError>;

/// Chooses before anything is kept; false when it is too late.
pub(super) fn choose(redis: Redis, settings: Settings) -> bool {
    CHOSEN.set(Some(Ok((redis, settings)))).is_ok()
}

fn chosen() -> Option<&'static Chosen> {
    let of_environment = || {
        let redis = Redis::from_env().transpose()?;
        Some(redis.map(|redis| (redis, Settings::default())))
    };
    CHOSEN.get_or_init(of_environment).as_ref()
}

/// What the store of this process shares, when it does.
pub(in crate::cache) fn of_process(marks: &Arc<Marks>) -> Option<Arc<dyn SharedStore>> {
    Some(match chosen()? {
        Ok((redis, settings)) => {
            RedisStore::new(redis.clone(), settings.clone(), Arc::clone(marks))
        }
        Err(error) => {
            tracing::error!("nothing is cached, as `{}` cannot be used: {error}", Redis::VARIABLE);
            Arc::new(Unusable(error.clone()))
        }
    })
}

/// Why nothing can be shared, though the environment says so.
pub(in crate::cache) fn mistake() -> Option<RedisError> {
    match CHOSEN.get() {
        Some(chosen) => chosen.as_ref()?.as_ref().err().cloned(),
        None => Redis::from_env().err(),
    }
}

/// Where a Redis was to be. Nothing is kept without it, as nobody would hear that it was given up.
#[derive(Debug)]
struct Unusable(RedisError);

impl SharedStore for Unusable {
    fn get<'a>(&'a self, _: &'a Key) -> SharedFuture<'a, Option<Entry>> {
        Box::pin(async { None })
    }

    fn set<'a>(&'a self, _: &'a Key, _: Arc<Entry>) -> SharedFuture<'a, ()> {
        Box::pin(async {})
    }

    fn remove<'a>(&'a self, _: &'a Key) -> SharedFuture<'a, ()> {
        Box::pin(async {})
    }

    fn mark<'a>(
        &'a self,
        _: &'a [Name],
        _: Invalidation,
    ) -> SharedFuture<'a, Result<Version, CacheError>> {
        Box::pin(async { Err(CacheError::away(self.0.to_string())) })
    }

    fn standing(&self) -> Standing {
        Standing::Bypass
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Store;

    #[tokio::test]
    async fn security_51_a_redis_that_cannot_be_used_is_not_replaced_by_memory() {
        let store = Store::bounded(1 << 20);
        store.share(Arc::new(Unusable(RedisError::Url("cannot be read"))));
        assert!(!store.is_on() && !store.is_shared());
        let error = store.mark(&[Name::tag("a")], Invalidation::Expire).await.unwrap_err();
        assert!(error.to_string().ends_with("the URL of Redis cannot be read"), "{error}");
    }
}
