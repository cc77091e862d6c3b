use std::sync::{Arc, atomic::Ordering::Relaxed};

use super::storage::Storage;

/// As many entries as two lines of a processor's cache have.
pub(super) const WAYS: usize = 8;

/// A key and when its bucket is full again. Once that has passed, there is nothing to be known of the key, and the
/// entry is free.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) hash: u64,
    pub(super) until: u64,
}

pub(super) type Set = [Entry; WAYS];

/// A part of the table: a key is in the one set that its hash points at, or nowhere.
///
/// It doubles when a set is full of what is still needed. When it may not grow any more, the entry that is nearest to
/// being free makes room: the one whose loss gives its client the least.
#[derive(Debug)]
pub(super) struct Shard {
    index: usize,
    /// Where its sets are; `None` when it has none.
    storage: Option<Arc<Storage>>,
    /// So many sets are in use.
    size: usize,
    most_sets: usize,
}

impl Shard {
    pub(super) fn new(index: usize, most_sets: usize) -> Self {
        Self { index, storage: None, size: 0, most_sets }
    }

    /// How much memory the entries have.
    pub(super) fn bytes(&self) -> usize {
        self.size * size_of::<Set>()
    }

    /// When the bucket of a key is full again, also when that has passed.
    pub(super) fn find(&self, hash: u64) -> Option<u64> {
        let storage = self.storage.as_ref()?;
        storage.find(self.index, place(hash, self.size), hash).map(|until| until.load(Relaxed))
    }

    /// Sets the time of a key that is there.
    pub(super) fn set(&self, hash: u64, to: u64) {
        let Some(storage) = &self.storage else { return };
        if let Some(until) = storage.find(self.index, place(hash, self.size), hash) {
            until.store(to, Relaxed);
        }
    }

    /// Adds a key that is not there.
    pub(super) fn insert(
        &mut self,
        hash: u64,
        until: u64,
        now: u64,
        new_storage: impl Fn() -> Arc<Storage>,
    ) {
        loop {
            if let Some(storage) = &self.storage {
                let set = place(hash, self.size);
                let nearest = storage.get(self.index, set).into_iter().enumerate();
                let nearest = nearest.min_by_key(|(_, entry)| entry.until);
                if let Some((way, entry)) = nearest
                    && (entry.until <= now || self.size == self.most_sets)
                {
                    storage.put(self.index, set, way, Entry { hash, until });
                    return;
                }
            }
            // A set of the old size goes into two of the new, so that nothing overflows; except for the last step,
            // which is smaller, and where the nearest to being free may have to go.
            let size = (self.size * 2).clamp(1, self.most_sets);
            let storage = self.storage.clone().unwrap_or_else(&new_storage);
            let (sets, _) = self.rearranged(size, now);
            self.take(storage, sets);
        }
    }

    /// Takes the least size at which no more than a quarter is needed and everything finds its place; in the storage
    /// that is the present one.
    pub(super) fn shrink(&mut self, now: u64, present: impl FnOnce() -> Arc<Storage>) {
        let needed = self.live(now).count();
        if needed == 0 {
            (self.storage, self.size) = (None, 0);
            return;
        }
        let mut size = self.size;
        while size > 1 && needed * 4 <= size / 2 * WAYS {
            size /= 2;
        }
        let storage = present();
        let is_present = self.storage.as_ref().is_some_and(|own| Arc::ptr_eq(own, &storage));
        if is_present && size == self.size {
            return;
        }
        let (mut sets, fits) = self.rearranged(size, now);
        if !fits {
            if is_present {
                return;
            }
            sets = self.rearranged(self.size, now).0;
        }
        self.take(storage, sets);
    }

    fn live(&self, now: u64) -> impl Iterator<Item = Entry> {
        let storage = self.storage.iter();
        storage
            .flat_map(|storage| (0..self.size).map(|set| storage.get(self.index, set)))
            .flatten()
            .filter(move |entry| entry.until > now)
    }

    /// What is needed in so many sets, and whether all of it is there.
    fn rearranged(&self, size: usize, now: u64) -> (Vec<Set>, bool) {
        let mut sets = vec![Set::default(); size];
        let mut fits = true;
        for entry in self.live(now) {
            let nearest = sets[place(entry.hash, size)].iter_mut().min_by_key(|other| other.until);
            let Some(nearest) = nearest else { continue };
            fits &= nearest.until == 0;
            if nearest.until < entry.until {
                *nearest = entry;
            }
        }
        (sets, fits)
    }

    fn take(&mut self, storage: Arc<Storage>, sets: Vec<Set>) {
        storage.fill(self.index, &sets);
        (self.storage, self.size) = (Some(storage), sets.len());
    }
}

/// Which of so many sets is the one of a key.
fn place(hash: u64, sets: usize) -> usize {
    ((u128::from(hash) * sets as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: u64 = 1_000;

    /// Hashes that are spread like real ones.
    fn hash(number: u64) -> u64 {
        (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    struct Alone {
        shard: Shard,
        storage: Arc<Storage>,
    }

    impl Alone {
        fn with(number: u64, most_sets: usize) -> Self {
            let storage = Arc::new(Storage::new(1, most_sets));
            let mut alone = Self { shard: Shard::new(0, most_sets), storage };
            for key in 0..number {
                assert!(alone.shard.find(hash(key)).is_none());
                alone.insert(hash(key), FAR + key, 0);
            }
            alone
        }

        fn insert(&mut self, hash: u64, until: u64, now: u64) {
            self.shard.insert(hash, until, now, || Arc::clone(&self.storage));
        }

        fn known(&self, number: u64) -> usize {
            (0..number).filter(|key| self.shard.find(hash(*key)).is_some()).count()
        }
    }

    #[test]
    fn it_grows_with_what_is_in_it_and_forgets_nothing() {
        let alone = Alone::with(10_000, 1 << 14);
        assert_eq!(alone.known(10_000), 10_000);
        assert_eq!(alone.shard.find(hash(7)), Some(FAR + 7));
        assert!(alone.shard.bytes() < 10_000 * size_of::<Entry>() * 8);
        alone.shard.set(hash(7), 5);
        assert_eq!(alone.shard.find(hash(7)), Some(5));
    }

    #[test]
    fn security_50_beyond_its_size_what_is_nearest_to_being_free_makes_room() {
        let mut alone = Alone::with(100_000, 100);
        assert_eq!(alone.shard.bytes(), 100 * size_of::<Set>());
        assert_eq!(alone.known(100_000), 100 * WAYS);
        // The latest has the farthest time here, so it is still known.
        assert!(alone.shard.find(hash(99_999)).is_some());
        // A client that has used up its quota outlives any number that have not.
        let abuser = hash(1_000_000);
        alone.insert(abuser, FAR * 1_000_000, 0);
        for key in 200_000..300_000 {
            alone.insert(hash(key), FAR + key, 0);
        }
        assert_eq!(alone.shard.find(abuser), Some(FAR * 1_000_000));
    }

    #[test]
    fn what_has_passed_is_free_and_its_memory_given_back() {
        let mut alone = Alone::with(10_000, 1 << 14);
        let full = alone.shard.bytes();
        // Room is made by what has passed before the shard grows.
        alone.insert(hash(20_000), FAR * 100, FAR + 9_999);
        assert_eq!(alone.shard.bytes(), full);
        let first = Arc::downgrade(&alone.storage);
        alone.storage = Arc::new(Storage::new(1, 1 << 14));
        alone.shard.shrink(FAR + 9_900, || Arc::clone(&alone.storage));
        assert!(alone.shard.bytes() < full / 10, "{} of {full}", alone.shard.bytes());
        assert!(first.upgrade().is_none() && alone.storage.resident() == alone.shard.bytes());
        assert_eq!(alone.shard.find(hash(9_950)), Some(FAR + 9_950));
        assert_eq!(alone.shard.find(hash(20_000)), Some(FAR * 100));
        alone.shard.shrink(FAR * 100, || Arc::clone(&alone.storage));
        assert_eq!(alone.shard.bytes(), 0);
        assert!(alone.shard.find(hash(20_000)).is_none());
    }
}
