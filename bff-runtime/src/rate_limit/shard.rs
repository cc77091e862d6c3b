/// As many entries as two lines of a processor's cache have.
const WAYS: usize = 8;

/// A key and when its bucket is full again. Once that has passed, there is nothing to be known of the key, and the
/// entry is free.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    hash: u64,
    until: u64,
}

type Set = [Entry; WAYS];

/// A part of the table: a key is in the one set that its hash points at, or nowhere.
///
/// It doubles when a set is full of what is still needed. When it may not grow any more, the entry that is nearest to
/// being free makes room: the one whose loss gives its client the least.
#[derive(Debug)]
pub(super) struct Shard {
    sets: Vec<Set>,
    most_sets: usize,
}

impl Shard {
    pub(super) fn with_most_bytes(bytes: usize) -> Self {
        Self { sets: Vec::new(), most_sets: (bytes / size_of::<Set>()).max(1) }
    }

    /// How much memory the entries have.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.sets)
    }

    /// When the bucket of a key is full again, also when that has passed.
    pub(super) fn find(&mut self, hash: u64) -> Option<&mut u64> {
        let set = place(hash, self.sets.len());
        let mut entries = self.sets.get_mut(set)?.iter_mut();
        entries.find(|entry| entry.hash == hash && entry.until > 0).map(|entry| &mut entry.until)
    }

    /// Adds a key that is not there.
    pub(super) fn insert(&mut self, hash: u64, until: u64, now: u64) {
        let entry = Entry { hash, until };
        while !put(&mut self.sets, entry, now) {
            if self.sets.len() == self.most_sets {
                let set = place(hash, self.sets.len());
                let evicted = self.sets[set].iter_mut().min_by_key(|entry| entry.until);
                if let Some(evicted) = evicted {
                    *evicted = entry;
                }
                return;
            }
            self.grow(now);
        }
    }

    fn grow(&mut self, now: u64) {
        // A set of the old size goes into two of the new, so that nothing overflows; except for the last step, which
        // is smaller, and where the nearest to being free may have to go.
        let size = (self.sets.len() * 2).clamp(1, self.most_sets);
        let old = std::mem::replace(&mut self.sets, empty(size));
        for entry in old.iter().flatten().filter(|entry| entry.until > now) {
            if !put(&mut self.sets, *entry, now) {
                let set = place(entry.hash, size);
                let nearest = self.sets[set].iter_mut().min_by_key(|other| other.until);
                if let Some(nearest) = nearest.filter(|nearest| nearest.until < entry.until) {
                    *nearest = *entry;
                }
            }
        }
    }

    /// Takes the least size at which no more than a quarter is needed, when everything finds its place there.
    pub(super) fn shrink(&mut self, now: u64) {
        let needed = self.sets.iter().flatten().filter(|entry| entry.until > now).count();
        if needed == 0 {
            self.sets = Vec::new();
            return;
        }
        let mut size = self.sets.len();
        while size > 1 && needed * 4 <= size / 2 * WAYS {
            size /= 2;
        }
        if size == self.sets.len() {
            return;
        }
        let mut sets = empty(size);
        let mut entries = self.sets.iter().flatten().filter(|entry| entry.until > now);
        if entries.all(|entry| put(&mut sets, *entry, now)) {
            self.sets = sets;
        }
    }
}

fn empty(size: usize) -> Vec<Set> {
    vec![[Entry::default(); WAYS]; size]
}

/// Which of so many sets is the one of a key.
fn place(hash: u64, sets: usize) -> usize {
    ((u128::from(hash) * sets as u128) >> 64) as usize
}

/// Puts an entry where one is free; false when none is.
fn put(sets: &mut [Set], entry: Entry, now: u64) -> bool {
    let set = place(entry.hash, sets.len());
    let free = sets.get_mut(set).and_then(|set| set.iter_mut().find(|other| other.until <= now));
    match free {
        Some(free) => {
            *free = entry;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: u64 = 1_000;

    /// Hashes that are spread like real ones.
    fn hash(number: u64) -> u64 {
        (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn filled(number: u64, most_sets: usize) -> Shard {
        let mut shard = Shard::with_most_bytes(most_sets * size_of::<Set>());
        for key in 0..number {
            assert!(shard.find(hash(key)).is_none());
            shard.insert(hash(key), FAR + key, 0);
        }
        shard
    }

    fn known(shard: &mut Shard, number: u64) -> usize {
        (0..number).filter(|key| shard.find(hash(*key)).is_some()).count()
    }

    #[test]
    fn it_grows_with_what_is_in_it_and_forgets_nothing() {
        let mut shard = filled(10_000, 1 << 20);
        assert_eq!(known(&mut shard, 10_000), 10_000);
        assert_eq!(shard.find(hash(7)).copied(), Some(FAR + 7));
        assert!(shard.bytes() < 10_000 * size_of::<Entry>() * 8);
    }

    #[test]
    fn sec_50_beyond_its_size_what_is_nearest_to_being_free_makes_room() {
        let mut shard = filled(100_000, 100);
        assert_eq!(shard.bytes(), 100 * size_of::<Set>());
        assert_eq!(known(&mut shard, 100_000), 100 * WAYS);
        // The latest has the farthest time here, so it is still known.
        assert!(shard.find(hash(99_999)).is_some());
        // A client that has used up its quota outlives any number that have not.
        let abuser = hash(1_000_000);
        shard.insert(abuser, FAR * 1_000_000, 0);
        for key in 200_000..300_000 {
            shard.insert(hash(key), FAR + key, 0);
        }
        assert_eq!(shard.find(abuser).copied(), Some(FAR * 1_000_000));
    }

    #[test]
    fn what_has_passed_is_free_and_its_memory_given_back() {
        let mut shard = filled(10_000, 1 << 20);
        let full = shard.bytes();
        // Room is made by what has passed before the shard grows.
        shard.insert(hash(20_000), FAR * 100, FAR + 9_999);
        assert_eq!(shard.bytes(), full);
        shard.shrink(FAR + 9_900);
        assert!(shard.bytes() < full / 10, "{} of {full}", shard.bytes());
        assert_eq!(shard.find(hash(9_950)).copied(), Some(FAR + 9_950));
        assert_eq!(shard.find(hash(20_000)).copied(), Some(FAR * 100));
        shard.shrink(FAR * 100);
        assert_eq!(shard.bytes(), 0);
        assert!(shard.find(hash(20_000)).is_none());
    }
}
