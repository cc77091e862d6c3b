//! A bounded table of what has been taken, for the state of governor's limiters.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, DefaultHasher},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    shard::{Set, Shard},
    storage::Storage,
};

/// Shards, each with a lock of its own: few wait for one another, and to sweep one takes microseconds.
const SHARDS: usize = 256;

/// The most memory of all shards together; the rest of 64 MiB is for what is copied while one grows.
const MOST_BYTES: usize = 60 * 1024 * 1024;

/// Hashed keys and when their buckets are full again, in nanoseconds of one clock.
///
/// A hash has 64 bits and is keyed at random for each table, so nobody can look for two keys that share a bucket; by
/// chance, one key in 10^12 does while the table is full.
#[derive(Debug)]
pub(super) struct Table {
    shards: Vec<Mutex<Shard>>,
    most_sets: usize,
    /// Where shards put what they get; held by those that have something there.
    storage: Mutex<Weak<Storage>>,
    hasher: RandomState,
    bytes: AtomicUsize,
}

impl Table {
    pub(super) fn new() -> Self {
        Self::with_most_bytes(MOST_BYTES)
    }

    pub(super) fn with_most_bytes(most: usize) -> Self {
        let most_sets = (most / SHARDS / size_of::<Set>()).max(1);
        Self {
            shards: (0..SHARDS).map(|index| Mutex::new(Shard::new(index, most_sets))).collect(),
            most_sets,
            storage: Mutex::default(),
            hasher: RandomState::new(),
            bytes: AtomicUsize::new(0),
        }
    }

    /// A hasher for the parts of a key.
    pub(super) fn hasher(&self) -> DefaultHasher {
        self.hasher.build_hasher()
    }

    /// Looks at the time of a key, `None` when it is not known, and sets what `decide` says. `step` is how far a key
    /// that is not known is set beyond now, which tells what time it is.
    pub(super) fn update<T, E>(
        &self,
        hash: u64,
        step: u64,
        decide: impl Fn(Option<u64>) -> Result<(T, u64), E>,
    ) -> Result<T, E> {
        // The shard is told by the low bits, the place in it by the high ones.
        let shard = &self.shards[hash as usize % SHARDS];
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = shard.find(hash) {
            let (result, next) = decide(Some(until))?;
            shard.set(hash, next);
            return Ok(result);
        }
        let (result, next) = decide(None)?;
        let before = shard.bytes();
        shard.insert(hash, next, next.saturating_sub(step), || self.storage());
        self.account(before, shard.bytes());
        Ok(result)
    }

    /// Gives back what a request took of a key.
    pub(super) fn give_back(&self, hash: u64, step: u64) {
        let given = |until: Option<u64>| match until {
            Some(until) => Ok(((), until.saturating_sub(step))),
            None => Err(()),
        };
        // A key that has been forgotten has nothing to give back.
        let _ = self.update(hash, step, given);
    }

    /// Gives memory back that shard `index` no longer needs. Each round begins with the first.
    ///
    /// Memory goes back to the system as a whole. So when little of it is needed, whatever is moves elsewhere, shard by
    /// shard, within a round.
    pub(super) fn sweep(&self, index: usize, now: u64) {
        if index == 0 && self.resident() > 4 * self.bytes() {
            *self.storage.lock().unwrap_or_else(PoisonError::into_inner) = Weak::new();
        }
        let mut shard = self.shards[index % SHARDS].lock().unwrap_or_else(PoisonError::into_inner);
        let before = shard.bytes();
        if before > 0 {
            shard.shrink(now, || self.storage());
            self.account(before, shard.bytes());
        }
    }

    /// Sweeps all shards.
    #[cfg(test)]
    pub(super) fn sweep_all(&self, now: u64) {
        (0..SHARDS).for_each(|index| self.sweep(index, now));
    }

    pub(super) fn shards(&self) -> usize {
        SHARDS
    }

    /// How much memory the entries need.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// How much memory the system has given for the entries.
    pub(super) fn resident(&self) -> usize {
        let storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
        storage.upgrade().map_or(0, |storage| storage.resident())
    }

    fn storage(&self) -> Arc<Storage> {
        let mut present = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
        present.upgrade().unwrap_or_else(|| {
            let storage = Arc::new(Storage::new(SHARDS, self.most_sets));
            *present = Arc::downgrade(&storage);
            storage
        })
    }

    fn account(&self, before: usize, after: usize) {
        if after >= before {
            self.bytes.fetch_add(after - before, Ordering::Relaxed);
        } else {
            self.bytes.fetch_sub(before - after, Ordering::Relaxed);
        }
    }
}
