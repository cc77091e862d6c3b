use std::{
    collections::{HashMap, hash_map},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    Name,
    entry::{Entry, State},
};

/// When something was given up, against all else that was: a later invalidation has a greater one.
///
/// Microseconds since 1970, or one more than the last, so that a table that was lost and one that several processes
/// share go on from where they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) u64);

/// What becomes of the entries of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invalidation {
    /// They are answers once more, while they are made anew (RH-300).
    Stale,
    /// They are no answers any more.
    Expire,
}

/// Which names were given up, and when.
///
/// An invalidation touches no entry: entries are held against the marks when they are looked at. An entry that has been
/// seen to be good since the last invalidation of any name is not held against them again, which is the case for nearly
/// every hit.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// The last invalidation.
    last: AtomicU64,
    /// How often the table has changed.
    changes: AtomicU64,
    table: RwLock<Table>,
}

#[derive(Debug, Default)]
struct Table {
    by_name: HashMap<Name, Mark>,
    /// About how many bytes these take.
    bytes: usize,
    /// What is older is gone, whatever its names.
    floor: Version,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    stale: Version,
    expired: Version,
}

/// Names are remembered that take so many bytes: some 100,000 of a usual length. When there are more, all of them are
/// forgotten, and everything that is older than that is gone: too much is made anew rather than too little.
const MOST_BYTES: usize = 16 << 20;

/// What a name takes beside its text: its place in the table, with the free ones, and its count of owners.
const PER_NAME: usize = 112;

/// About how many bytes a name takes.
fn size(name: &Name) -> usize {
    PER_NAME + name.as_str().len()
}

impl Marks {
    /// The last invalidation that is known. What is made from now on has seen it.
    pub(crate) fn version(&self) -> Version {
        Version(self.last.load(Ordering::Acquire))
    }

    /// Gives up the entries of these names, and says when that was.
    pub(crate) fn mark(&self, names: &[Name], how: Invalidation) -> Version {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        let version = Version(self.version().0.saturating_add(1).max(micros()));
        self.enter(&mut table, names, how, version);
        version
    }

    /// Enters what was given up at that time, here or by another process.
    pub(crate) fn hear(&self, names: &[Name], how: Invalidation, version: Version) {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        self.enter(&mut table, names, how, version);
    }

    /// Gives up every entry that was begun before: nobody can say which of them were given up.
    #[cfg(any(test, feature = "redis"))]
    pub(crate) fn raise(&self, floor: Version) {
        // It is told again and again, and seldom something new.
        if self.table.read().unwrap_or_else(PoisonError::into_inner).floor >= floor {
            return;
        }
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        table.floor = table.floor.max(floor);
        self.publish(floor);
    }

    fn enter(&self, table: &mut Table, names: &[Name], how: Invalidation, version: Version) {
        if table.bytes + names.iter().map(size).sum::<usize>() > MOST_BYTES {
            // Not only cleared: what was reserved for them is given back.
            (table.by_name, table.bytes) = (HashMap::new(), 0);
            // What is told now may be older than what is forgotten.
            table.floor = table.floor.max(version).max(self.version());
        }
        for name in names {
            let mark = match table.by_name.entry(name.clone()) {
                hash_map::Entry::Occupied(known) => known.into_mut(),
                hash_map::Entry::Vacant(place) => {
                    table.bytes += size(name);
                    place.insert(Mark::default())
                }
            };
            let which = match how {
                Invalidation::Stale => &mut mark.stale,
                Invalidation::Expire => &mut mark.expired,
            };
            *which = version.max(*which);
        }
        self.publish(version);
    }

    /// Under the lock: whoever sees the new numbers sees the marks.
    fn publish(&self, version: Version) {
        self.last.fetch_max(version.0, Ordering::Release);
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// True when one of its names was given up since it was begun, however old it is.
    pub(crate) fn gave_up(&self, entry: &Entry) -> bool {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        table.state(entry) == State::Expired
    }

    /// What may be done with an entry now.
    pub(crate) fn state(&self, entry: &Entry, now: u64) -> State {
        let by_time = entry.state_by_time(now);
        if by_time == State::Expired {
            return by_time;
        }
        let changes = self.changes.load(Ordering::Acquire);
        if entry.has_seen(changes) {
            return by_time;
        }
        let by_name = {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            table.state(entry)
        };
        match by_name {
            State::Fresh => {
                entry.seen(changes);
                by_time
            }
            marked => marked,
        }
    }
}

impl Table {
    fn state(&self, entry: &Entry) -> State {
        if entry.as_of < self.floor {
            return State::Expired;
        }
        let marks = entry.terms.names.iter().filter_map(|name| self.by_name.get(name));
        let mut state = State::Fresh;
        for mark in marks {
            if mark.expired > entry.as_of {
                return State::Expired;
            }
            if mark.stale > entry.as_of {
                state = State::Stale;
            }
        }
        state
    }
}

fn micros() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::{
        super::entry::{Answer, Terms},
        *,
    };

    fn entry(marks: &Marks, names: &[&str]) -> Entry {
        let terms = Terms {
            revalidate: None,
            expire: Duration::from_secs(60),
            names: names.iter().map(|name| Name::tag(name)).collect(),
        };
        let answer =
            Answer { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::new() };
        Entry::new(answer, terms, 0, marks.version())
    }

    #[test]
    fn rh_300_rh_303_a_mark_is_for_the_entries_of_its_name_that_are_older() {
        let marks = Marks::default();
        let (posts, both) = (entry(&marks, &["posts"]), entry(&marks, &["posts", "users"]));
        let check = |expected: [State; 2]| {
            // Twice: what was seen is remembered.
            for _ in 0..2 {
                assert_eq!([&posts, &both].map(|entry| marks.state(entry, 0)), expected);
            }
        };
        check([State::Fresh; 2]);
        marks.mark(&[Name::tag("nobody")], Invalidation::Expire);
        check([State::Fresh; 2]);
        marks.mark(&[Name::tag("users")], Invalidation::Stale);
        check([State::Fresh, State::Stale]);
        marks.mark(&[Name::tag("posts")], Invalidation::Stale);
        check([State::Stale; 2]);
        marks.mark(&[Name::tag("users")], Invalidation::Expire);
        check([State::Stale, State::Expired]);
        assert_eq!(marks.state(&entry(&marks, &["posts", "users"]), 0), State::Fresh);
    }

    #[test]
    fn what_was_begun_before_an_invalidation_does_not_outlive_it() {
        let marks = Marks::default();
        let begun = entry(&marks, &["posts"]);
        let version = marks.mark(&[Name::tag("posts")], Invalidation::Expire);
        assert_eq!(marks.state(&begun, 0), State::Expired);
        assert_eq!(marks.version(), version);
        assert!(marks.mark(&[Name::tag("x")], Invalidation::Stale) > version);
    }

    #[test]
    fn what_others_give_up_counts_the_same_in_any_order() {
        let marks = Marks::default();
        let entry = entry(&marks, &["posts"]);
        marks.hear(&[Name::tag("users")], Invalidation::Stale, Version(9));
        assert_eq!(marks.state(&entry, 0), State::Fresh);
        marks.hear(&[Name::tag("posts")], Invalidation::Stale, Version(7));
        assert_eq!((marks.version(), marks.state(&entry, 0)), (Version(9), State::Stale));
        marks.raise(Version(12));
        assert_eq!(marks.state(&entry, 0), State::Expired);
    }

    #[test]
    fn the_table_is_bounded_and_what_it_forgets_is_gone() {
        // Short ones as well as those of the longest paths that there are.
        for (rest, least, most) in [("", 100_000, 150_000), (&*"\u{fc}".repeat(1023), 7_000, 8_000)]
        {
            let marks = Marks::default();
            let before = entry(&marks, &["posts"]);
            let mut count = 0;
            while marks.state(&before, 0) == State::Fresh {
                let table = marks.table.read().unwrap();
                assert!(count <= most && table.bytes <= MOST_BYTES, "{count}");
                drop(table);
                // Again and again is once.
                for _ in 0..2 {
                    marks.mark(&[Name::path(&format!("{count}{rest}"))], Invalidation::Stale);
                }
                count += 1;
            }
            assert!(count >= least, "{count}");
            assert_eq!(marks.state(&before, 0), State::Expired);
            assert_eq!(marks.table.read().unwrap().by_name.len(), 1);
            assert_eq!(marks.state(&entry(&marks, &["posts"]), 0), State::Fresh);
        }
    }
}
