use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{SessionStore, StoreError, StoreFuture, StoreKey, Stored};

/// A [`SessionStore`] in the memory of this process: it ends with the process, and other instances know nothing of it.
///
/// It is bounded, at 100,000 values and 64 MiB unless it is told otherwise. What is over goes first. When there is no
/// room then, values that nobody has signed in for make some, the one that would be over soonest first: a flood of
/// visitors signs nobody out. What somebody has signed in for never goes before its time; when the store is full of
/// that, a new session is refused, and the client told 503.
///
/// ```
/// use bff::session::{MemoryStore, Sessions};
///
/// let sessions = Sessions::stored(MemoryStore::bounded(10_000, 8 << 20));
/// ```
pub struct MemoryStore {
    table: Mutex<Table>,
    max_values: usize,
    max_bytes: usize,
}

/// What a value takes beside its bytes: its key three times, and the nodes that hold it.
const OVERHEAD: usize = 256;

/// No process lives longer, and a clock can tell no longer time.
const FOR_EVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

#[derive(Default)]
struct Table {
    values: HashMap<StoreKey, Value>,
    /// The values with a user and those without, by their end.
    by_end: [BTreeSet<(Instant, StoreKey)>; 2],
    bytes: usize,
}

struct Value {
    value: Box<[u8]>,
    end: Instant,
    has_user: bool,
}

impl MemoryStore {
    /// A store for so many values, and so many bytes of them. Each counts 256 bytes for itself.
    pub fn bounded(max_values: usize, max_bytes: usize) -> Self {
        Self { table: Mutex::default(), max_values, max_bytes }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // Nothing panics while it is locked.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was there stays when there is no room.
    fn put(&self, table: &mut Table, key: &StoreKey, stored: Stored<'_>) -> Result<(), StoreError> {
        let Stored { value, lifetime, has_user } = stored;
        let before = table.remove(key);
        let bytes = value.len() + OVERHEAD;
        let has_room = |table: &Table| {
            table.values.len() < self.max_values && table.bytes + bytes <= self.max_bytes
        };
        while !has_room(table) {
            if !table.remove_first(false) {
                if let Some(before) = before {
                    table.insert(*key, before);
                }
                return Err(StoreError::new("the store in memory is full"));
            }
        }
        let end = Instant::now() + lifetime.min(FOR_EVER);
        table.insert(*key, Value { value: value.into(), end, has_user });
        Ok(())
    }
}

impl Table {
    /// Where nothing is.
    fn insert(&mut self, key: StoreKey, value: Value) {
        self.by_end[usize::from(value.has_user)].insert((value.end, key));
        self.bytes += value.value.len() + OVERHEAD;
        self.values.insert(key, value);
    }

    fn remove(&mut self, key: &StoreKey) -> Option<Value> {
        let value = self.values.remove(key)?;
        self.by_end[usize::from(value.has_user)].remove(&(value.end, *key));
        self.bytes -= value.value.len() + OVERHEAD;
        Some(value)
    }

    /// Of those with a user or those without; false when there is none.
    fn remove_first(&mut self, has_user: bool) -> bool {
        let first = self.by_end[usize::from(has_user)].first().copied();
        if let Some((_, key)) = first {
            self.remove(&key);
        }
        first.is_some()
    }

    fn remove_what_is_over(&mut self) {
        let now = Instant::now();
        for has_user in [false, true] {
            let is_over = |(end, _): &(Instant, StoreKey)| *end <= now;
            while self.by_end[usize::from(has_user)].first().is_some_and(is_over) {
                self.remove_first(has_user);
            }
        }
    }
}

impl SessionStore for MemoryStore {
    fn load<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, Option<Vec<u8>>> {
        let table = self.table();
        let live = table.values.get(key).filter(|it| Instant::now() < it.end);
        let value = live.map(|it| it.value.to_vec());
        Box::pin(std::future::ready(Ok(value)))
    }

    fn insert<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, ()> {
        let mut table = self.table();
        table.remove_what_is_over();
        Box::pin(std::future::ready(self.put(&mut table, key, stored)))
    }

    fn update<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, bool> {
        let mut table = self.table();
        table.remove_what_is_over();
        let is_there = table.values.contains_key(key);
        let put = if is_there { self.put(&mut table, key, stored) } else { Ok(()) };
        Box::pin(std::future::ready(put.map(|()| is_there)))
    }

    fn remove<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, ()> {
        self.table().remove(key);
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::bounded(100_000, 64 << 20)
    }
}

/// How much there is, and nothing of it.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table();
        write!(f, "MemoryStore({} values, {} bytes)", table.values.len(), table.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u8) -> StoreKey {
        StoreKey::new([number; 32])
    }

    fn stored(value: &[u8], seconds: u64, has_user: bool) -> Stored<'_> {
        Stored { value, lifetime: Duration::from_secs(seconds), has_user }
    }

    /// Which of the first ten keys there are.
    async fn keys(store: &MemoryStore) -> Vec<u8> {
        let mut found = Vec::new();
        for number in 0..10 {
            if store.load(&key(number)).await.unwrap().is_some() {
                found.push(number);
            }
        }
        found
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_is_there_until_its_time_is_over() {
        let store = MemoryStore::default();
        store.insert(&key(1), stored(b"one", 10, true)).await.unwrap();
        tokio::time::advance(Duration::from_millis(9_999)).await;
        assert_eq!(store.load(&key(1)).await.unwrap().as_deref(), Some(&b"one"[..]));
        assert!(store.update(&key(1), stored(b"two", 10, true)).await.unwrap());
        tokio::time::advance(Duration::from_millis(9_999)).await;
        assert_eq!(store.load(&key(1)).await.unwrap().as_deref(), Some(&b"two"[..]));
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!(store.load(&key(1)).await.unwrap(), None);
        assert!(!store.update(&key(1), stored(b"three", 10, true)).await.unwrap());
        assert_eq!(store.load(&key(1)).await.unwrap(), None);
        assert_eq!(format!("{store:?}"), "MemoryStore(0 values, 0 bytes)");
    }

    #[tokio::test(start_paused = true)]
    async fn what_lasts_for_ever_is_kept() {
        let store = MemoryStore::default();
        let for_ever = Stored { lifetime: Duration::MAX, ..stored(b"one", 0, true) };
        store.insert(&key(1), for_ever).await.unwrap();
        tokio::time::advance(Duration::from_secs(1 << 20)).await;
        assert_eq!(keys(&store).await, [1]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_removed_does_not_come_back_by_an_update() {
        let store = MemoryStore::default();
        store.insert(&key(1), stored(b"one", 10, true)).await.unwrap();
        store.remove(&key(1)).await.unwrap();
        store.remove(&key(1)).await.unwrap();
        assert!(!store.update(&key(1), stored(b"one", 10, true)).await.unwrap());
        assert_eq!(keys(&store).await, [0; 0]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_store_forgets_visitors_first_and_users_never() {
        let store = MemoryStore::bounded(3, usize::MAX);
        for (number, seconds, has_user) in [(1, 30, false), (2, 10, true), (3, 20, false)] {
            store.insert(&key(number), stored(b"", seconds, has_user)).await.unwrap();
        }
        // The visitor that would be over sooner goes.
        store.insert(&key(4), stored(b"", 30, true)).await.unwrap();
        assert_eq!(keys(&store).await, [1, 2, 4]);
        store.insert(&key(5), stored(b"", 30, true)).await.unwrap();
        assert_eq!(keys(&store).await, [2, 4, 5]);
        for has_user in [false, true] {
            let refused = store.insert(&key(6), stored(b"", 30, has_user)).await;
            assert_eq!(refused.unwrap_err().to_string(), "the store in memory is full");
        }
        assert!(store.update(&key(4), stored(b"", 30, true)).await.unwrap());
        assert_eq!(keys(&store).await, [2, 4, 5]);
        // What is over makes room by itself.
        tokio::time::advance(Duration::from_secs(10)).await;
        store.insert(&key(6), stored(b"", 30, false)).await.unwrap();
        assert_eq!(keys(&store).await, [4, 5, 6]);
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_are_bounded_and_given_back() {
        let store = MemoryStore::bounded(usize::MAX, 2 * (OVERHEAD + 100));
        let value = [7; 100];
        for number in 0..9 {
            store.insert(&key(number), stored(&value, 10, false)).await.unwrap();
        }
        assert_eq!(keys(&store).await.len(), 2);
        assert!(store.insert(&key(9), stored(&[7; 1000], 10, false)).await.is_err());
        // A change that does not fit leaves the session as it was.
        store.insert(&key(1), stored(&value, 10, true)).await.unwrap();
        assert!(store.update(&key(1), stored(&[7; 1000], 10, true)).await.is_err());
        assert_eq!(store.load(&key(1)).await.unwrap().as_deref(), Some(&value[..]));
        tokio::time::advance(Duration::from_secs(10)).await;
        store.insert(&key(1), stored(&value, 10, false)).await.unwrap();
        assert_eq!(
            format!("{store:?}"),
            format!("MemoryStore(1 values, {} bytes)", OVERHEAD + 100)
        );
    }
}
