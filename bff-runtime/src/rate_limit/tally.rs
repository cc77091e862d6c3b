use std::sync::atomic::{AtomicU64, Ordering};

const SECOND: u64 = 1_000_000_000;

/// Counts what happens often and says it once in a second at most, so that a flood is no flood of the log.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Since the last time.
    count: AtomicU64,
    /// When it may be said again.
    next: AtomicU64,
}

impl Tally {
    /// How many there were since this said so last, when it is time.
    pub(super) fn add(&self, now: u64) -> Option<u64> {
        self.count.fetch_add(1, Ordering::Relaxed);
        let next = self.next.load(Ordering::Relaxed);
        let is_time = now >= next
            && self
                .next
                .compare_exchange(next, now + SECOND, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        is_time.then(|| self.count.swap(0, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_speaks_once_a_second_and_counts_all() {
        let tally = Tally::default();
        let at = |millis: u64| tally.add(millis * 1_000_000);
        assert_eq!(
            [at(0), at(1), at(999), at(1000), at(1001), at(5000), at(5999), at(6000)],
            [Some(1), None, None, Some(3), None, Some(2), None, Some(2)]
        );
    }
}
