use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Name, Version};

/// An answer that is kept, with what decides how long.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) answer: Answer,
    pub(crate) terms: Terms,
    /// When the handler began with it, in milliseconds since 1970: other instances have another clock, and none of them
    /// counts from its own start.
    pub(crate) made_at: u64,
    /// The last invalidation that was known when the handler began. What came later is not in the answer.
    pub(crate) as_of: Version,
    /// As often as the marks had changed when they were last looked at and did not concern it; a hit need not look again.
    seen: AtomicU64,
    /// While it is stale: when it may be tried to make it anew, after that has failed.
    retry_at: AtomicU64,
}

/// What a handler has answered, before anything is added for one request; with places for its age and its status.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let Self { status, headers, body } = self;
        let mut response = Response::new(Body::from(body));
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        response
    }
}

/// How long an answer is good, and under which names it is given up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// After so long it is stale; `None` is never.
    pub(crate) revalidate: Option<Duration>,
    /// After so long it is gone.
    pub(crate) expire: Duration,
    pub(crate) names: Vec<Name>,
}

impl Terms {
    /// What is kept is gone after a year, whatever else is said (RH-251).
    pub(crate) const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);
}

/// What may be done with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is the answer.
    Fresh,
    /// It is the answer, and one request makes it anew (RH-252).
    Stale,
    /// It is no answer.
    Expired,
}

impl Entry {
    pub(crate) fn new(answer: Answer, terms: Terms, made_at: u64, as_of: Version) -> Self {
        let (seen, retry_at) = (AtomicU64::new(u64::MAX), AtomicU64::new(0));
        Self { answer, terms, made_at, as_of, seen, retry_at }
    }

    /// How old it is, in milliseconds; a clock that was set back makes nothing older than it is.
    pub(crate) fn age(&self, now: u64) -> u64 {
        now.saturating_sub(self.made_at)
    }

    /// By the time alone.
    pub(super) fn state_by_time(&self, now: u64) -> State {
        let age = Duration::from_millis(self.age(now));
        if age >= self.terms.expire {
            State::Expired
        } else if self.terms.revalidate.is_some_and(|revalidate| age >= revalidate) {
            State::Stale
        } else {
            State::Fresh
        }
    }

    /// True when the marks have not changed since they were seen not to concern it.
    pub(super) fn has_seen(&self, changes: u64) -> bool {
        self.seen.load(Ordering::Relaxed) == changes
    }

    /// Notes that the marks do not concern it.
    pub(super) fn seen(&self, changes: u64) {
        self.seen.store(changes, Ordering::Relaxed);
    }

    /// For how many seconds more it is good by its age; less than none when it is not.
    pub(crate) fn remaining(&self, now: u64) -> i64 {
        let good = self.terms.revalidate.unwrap_or(self.terms.expire).as_secs();
        let seconds = |seconds| i64::try_from(seconds).unwrap_or(i64::MAX);
        seconds(good) - seconds(self.age(now) / 1000)
    }

    /// True when it may be made anew now.
    pub(crate) fn may_retry(&self, now: u64) -> bool {
        self.retry_at.load(Ordering::Relaxed) <= now
    }

    /// Making it anew has failed: not again at once, but after its own period, clamped to 3 to 30 seconds (RH-256).
    pub(crate) fn back_off(&self, now: u64) {
        let period = self.terms.revalidate.unwrap_or(LONGEST_PAUSE);
        let pause = period.clamp(SHORTEST_PAUSE, LONGEST_PAUSE).as_millis();
        let pause = u64::try_from(pause).unwrap_or_default();
        self.retry_at.store(now.saturating_add(pause), Ordering::Relaxed);
    }

    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let headers = self
            .answer
            .headers
            .iter()
            .map(|(name, value)| PER_HEADER + name.as_str().len() + value.as_bytes().len());
        let names = self.terms.names.iter().map(|name| PER_NAME + name.as_str().len());
        OVERHEAD + self.answer.body.len() + headers.sum::<usize>() + names.sum::<usize>()
    }
}

const SHORTEST_PAUSE: Duration = Duration::from_secs(3);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The entry itself, and what the table keeps for one.
const OVERHEAD: usize = 600;
/// The place of a header in its map, and its two allocations.
const PER_HEADER: usize = 128;
const PER_NAME: usize = 32;

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(revalidate: Option<u64>, expire: u64) -> Entry {
        let terms = Terms {
            revalidate: revalidate.map(Duration::from_secs),
            expire: Duration::from_secs(expire),
            names: Vec::new(),
        };
        let answer = Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from_static(b"hello"),
        };
        Entry::new(answer, terms, 1_000_000, Version(0))
    }

    #[test]
    fn rh_252_an_entry_gets_stale_and_is_gone_by_its_age() {
        for (revalidate, age, expected) in [
            (Some(60), 0, State::Fresh),
            (Some(60), 59_999, State::Fresh),
            (Some(60), 60_000, State::Stale),
            (Some(60), 99_999, State::Stale),
            (Some(60), 100_000, State::Expired),
            (None, 99_999, State::Fresh),
            (None, 100_000, State::Expired),
        ] {
            let state = entry(revalidate, 100).state_by_time(1_000_000 + age);
            assert_eq!(state, expected, "{revalidate:?} after {age}");
        }
        assert_eq!(entry(Some(60), 100).state_by_time(0), State::Fresh, "a clock set back");
    }

    #[test]
    fn rh_256_after_a_failure_there_is_a_pause_of_three_to_thirty_seconds() {
        for (revalidate, pause) in [(Some(1), 3), (Some(10), 10), (Some(600), 30), (None, 30)] {
            let entry = entry(revalidate, 100);
            assert!(entry.may_retry(5));
            entry.back_off(5);
            let end = 5 + pause * 1000;
            assert!(!entry.may_retry(end - 1) && entry.may_retry(end), "{revalidate:?}");
        }
    }
}
