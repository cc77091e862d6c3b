use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use zerocopy::FromZeros as _;

use super::shard::{Entry, Set, WAYS};

/// Words of a set: each entry has two.
const WORDS: usize = 2 * WAYS;

/// The entries of all shards in one piece of memory, as large as it may ever be, of which the system gives only what
/// has been written.
///
/// In one piece, because every allocator asks the system for one of this size and gives it back when it is dropped, while
/// many smaller ones stay with it. The sets of the shards take turns, so the beginning is what is written first.
///
/// Whoever looks at a set holds the lock of its shard: the words are atomic only so that they can be shared.
#[derive(Debug)]
pub(super) struct Storage {
    words: Vec<AtomicU64>,
    shards: usize,
    /// The most sets that a shard has used.
    used: AtomicUsize,
}

impl Storage {
    /// Room for so many sets in each of so many shards; none when the system refuses it.
    pub(super) fn new(shards: usize, sets: usize) -> Self {
        let words = AtomicU64::new_vec_zeroed(shards * sets * WORDS).unwrap_or_default();
        Self { words, shards, used: AtomicUsize::new(0) }
    }

    fn words(&self, shard: usize, set: usize) -> &[AtomicU64] {
        let start = (set * self.shards + shard) * WORDS;
        self.words.get(start..start + WORDS).unwrap_or_default()
    }

    /// When the bucket of a key is full again; `None` when this set has no such key.
    pub(super) fn find(&self, shard: usize, set: usize, hash: u64) -> Option<&AtomicU64> {
        self.words(shard, set).chunks_exact(2).find_map(|entry| match entry {
            [own, until] if own.load(Relaxed) == hash && until.load(Relaxed) > 0 => Some(until),
            _ => None,
        })
    }

    pub(super) fn get(&self, shard: usize, set: usize) -> Set {
        let mut entries = Set::default();
        for (entry, words) in entries.iter_mut().zip(self.words(shard, set).chunks_exact(2)) {
            *entry = Entry { hash: words[0].load(Relaxed), until: words[1].load(Relaxed) };
        }
        entries
    }

    pub(super) fn put(&self, shard: usize, set: usize, way: usize, entry: Entry) {
        if let Some([hash, until]) = self.words(shard, set).get(2 * way..2 * way + 2) {
            hash.store(entry.hash, Relaxed);
            until.store(entry.until, Relaxed);
        }
    }

    /// Writes the first sets of a shard.
    pub(super) fn fill(&self, shard: usize, sets: &[Set]) {
        self.used.fetch_max(sets.len(), Relaxed);
        for (index, set) in sets.iter().enumerate() {
            for (way, entry) in set.iter().enumerate() {
                self.put(shard, index, way, *entry);
            }
        }
    }

    /// How much memory the system has given for it.
    pub(super) fn resident(&self) -> usize {
        self.used.load(Relaxed) * self.shards * size_of::<Set>()
    }
}
