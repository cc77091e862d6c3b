use std::sync::{Arc, LazyLock, OnceLock};

use moka::sync::Cache;

use super::{
    CacheError, Entry, Flights, Invalidation, Key, Marks, Name, SharedStore, Standing, State,
    Version, entry,
};
use crate::env;

/// So many bytes are kept unless `BFF_CACHE_MAX_BYTES` says otherwise (RH-261).
const DEFAULT_BYTES: u64 = 50 << 20;

/// Of so many answers at least there is room for; one that takes more is not kept.
const LEAST_ENTRIES: u64 = 8;

/// The store of this process: entries in memory, within a number of bytes, and behind it perhaps one that instances
/// share.
#[derive(Debug)]
pub(crate) struct Store {
    memory: Cache<Key, Arc<Entry>>,
    pub(crate) marks: Arc<Marks>,
    /// What is being made. A flight lands with `None` when its answer is for nobody else.
    pub(crate) flights: Flights<Option<Arc<Entry>>>,
    shared: OnceLock<Arc<dyn SharedStore>>,
    max_bytes: u64,
}

static STORE: LazyLock<Store> = LazyLock::new(|| {
    let max_bytes = max_bytes(env::var_opt(VARIABLE).as_deref()).unwrap_or(DEFAULT_BYTES);
    #[cfg(not(feature = "redis"))]
    if let Err(reason) = unshared() {
        tracing::error!("nothing is cached: {reason}");
        return Store::bounded(0);
    }
    let store = Store::bounded(max_bytes);
    #[cfg(feature = "redis")]
    if let Some(shared) = super::redis::of_process(&store.marks) {
        store.share(shared);
    }
    store
});

const VARIABLE: &str = "BFF_CACHE_MAX_BYTES";

/// The store of this process.
pub(crate) fn store() -> &'static Store {
    &STORE
}

/// Whether the size of the store can be read.
///
/// # Errors
/// The reason why not.
pub(crate) fn settings() -> Result<(), String> {
    max_bytes(env::var_opt(VARIABLE).as_deref())?;
    #[cfg(feature = "redis")]
    if let Some(error) = super::redis::mistake() {
        return Err(format!("`{}` cannot be used: {error}", crate::redis::Redis::VARIABLE));
    }
    #[cfg(not(feature = "redis"))]
    unshared()?;
    Ok(())
}

/// # Errors
/// When a Redis is wanted: what one instance gives up the others would not hear of.
#[cfg(not(feature = "redis"))]
fn unshared() -> Result<(), String> {
    match env::var_opt("BFF_REDIS_URL") {
        Some(url) if !url.is_empty() => {
            Err("`BFF_REDIS_URL` is set, and bff was built without its feature `redis`".to_owned())
        }
        _ => Ok(()),
    }
}

fn max_bytes(value: Option<&str>) -> Result<u64, String> {
    match value.map(str::trim) {
        None | Some("") => Ok(DEFAULT_BYTES),
        Some(value) => value.parse().map_err(|_| {
            format!(
                "environment variable `{VARIABLE}` must be a number of bytes, or 0 to keep nothing"
            )
        }),
    }
}

impl Store {
    /// A store for so many bytes; 0 keeps nothing.
    pub(crate) fn bounded(max_bytes: u64) -> Self {
        let weigh = |key: &Key, entry: &Arc<Entry>| {
            u32::try_from(key.as_bytes().len() + entry.size()).unwrap_or(u32::MAX)
        };
        Self {
            memory: Cache::builder().max_capacity(max_bytes).weigher(weigh).build(),
            marks: Arc::default(),
            flights: Flights::default(),
            shared: OnceLock::new(),
            max_bytes,
        }
    }

    /// Puts a store behind it that instances share; the first one stays.
    #[cfg(any(test, feature = "redis"))]
    pub(crate) fn share(&self, shared: Arc<dyn SharedStore>) {
        let _ = self.shared.set(shared);
    }

    /// False when every request has to be answered without it.
    pub(crate) fn is_on(&self) -> bool {
        let shared = self.shared.get();
        self.max_bytes > 0 && shared.is_none_or(|shared| shared.standing() != Standing::Bypass)
    }

    /// How many bytes an answer may take.
    pub(crate) fn largest(&self) -> usize {
        let largest = (self.max_bytes / LEAST_ENTRIES).min(u64::from(u32::MAX));
        usize::try_from(largest).unwrap_or(usize::MAX)
    }

    /// The entry of a key in memory, which may be an answer or not.
    pub(crate) fn look(&self, key: &[u8]) -> Option<(Arc<Entry>, State)> {
        self.look_at(key, entry::now())
    }

    /// The same for whoever knows what time it is.
    pub(crate) fn look_at(&self, key: &[u8], now: u64) -> Option<(Arc<Entry>, State)> {
        let entry = self.memory.get(key)?;
        let state = self.marks.state(&entry, now);
        Some((entry, state))
    }

    /// The entry that another instance has made; none that is no answer.
    pub(crate) async fn fetch(&self, key: &Key) -> Option<(Arc<Entry>, State)> {
        let shared = self.shared()?;
        let entry = Arc::new(shared.get(key).await?);
        let state = self.marks.state(&entry, entry::now());
        (state != State::Expired).then_some((entry, state))
    }

    /// Has what was fetched in memory from now on, unless what is there is as new.
    pub(crate) fn remember(&self, key: &Key, entry: &Arc<Entry>) {
        if self.memory.get(key).is_none_or(|own| own.made_at < entry.made_at) {
            self.memory.insert(key.clone(), Arc::clone(entry));
        }
    }

    /// Making the entry of a key anew has failed.
    pub(crate) fn back_off(&self, key: &Key) {
        if let Some(entry) = self.memory.get(key) {
            entry.back_off(entry::now());
        }
    }

    /// Keeps an entry.
    pub(crate) async fn keep(&self, key: &Key, entry: &Arc<Entry>) {
        self.memory.insert(key.clone(), Arc::clone(entry));
        if let Some(shared) = self.shared() {
            shared.set(key, Arc::clone(entry)).await;
        }
    }

    /// Forgets an entry.
    pub(crate) async fn forget(&self, key: &Key) {
        self.memory.invalidate(key);
        if let Some(shared) = self.shared() {
            shared.remove(key).await;
        }
    }

    /// Gives up the entries of these names.
    ///
    /// # Errors
    /// When the shared store cannot be reached. Here they are given up all the same.
    pub(crate) async fn mark(&self, names: &[Name], how: Invalidation) -> Result<(), CacheError> {
        match self.shared.get() {
            None => self.marks.mark(names, how),
            Some(shared) => match shared.mark(names, how).await {
                Ok(version) => {
                    self.marks.hear(names, how, version);
                    version
                }
                Err(error) => {
                    // Not by the clock of this machine: what others give up later must be later.
                    let next = Version(self.marks.version().0.saturating_add(1));
                    self.marks.hear(names, how, next);
                    return Err(error);
                }
            },
        };
        Ok(())
    }

    fn shared(&self) -> Option<&Arc<dyn SharedStore>> {
        self.shared.get().filter(|shared| shared.standing() == Standing::Shared)
    }

    /// Whether what is kept is shared now.
    #[cfg(all(test, feature = "redis"))]
    pub(crate) fn is_shared(&self) -> bool {
        self.shared().is_some()
    }

    #[cfg(test)]
    pub(crate) fn keys(&self) -> Vec<Key> {
        self.memory.run_pending_tasks();
        self.memory.iter().map(|(key, _)| Key::clone(&key)).collect()
    }

    /// How many bytes the entries take, when everything has settled.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> u64 {
        self.memory.run_pending_tasks();
        self.memory.weighted_size()
    }
}

#[cfg(test)]
mod tests;
