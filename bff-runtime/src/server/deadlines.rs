//! When a connection has taken too long. Pure: counts and times in, a verdict out.
//!
//! hyper can bound the time for a request head, but it takes the same time for how long a
//! connection may rest between two requests, and it sets a timer anew for each of them. Here the
//! clock is read a few times a minute and not with every request. The price is that a connection
//! may rest for a twelfth longer than it should.

use std::time::Duration;

use tokio::time::Instant;

use super::{limits::HEAD_TIMEOUT, progress::Progress};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Look again then.
    Wait(Instant),
    /// It has rested for long enough. Whatever it has just begun may end; look again then.
    Finish(Instant),
    /// It has not come to the end of a head.
    Cut,
}

#[derive(Debug)]
pub(super) struct Deadlines {
    /// Whether a head can arrive in pieces, as in HTTP/1, so that bytes alone are no progress.
    bounds_heads: bool,
    keep_alive: Duration,
    /// The end of the time for the first head.
    first_head: Instant,
    /// The end of the time for a later head, and the number of requests before it.
    head: Option<(Instant, usize)>,
    /// When a rest was noticed, and the number of requests before it.
    rest: Option<(Instant, usize)>,
}

impl Deadlines {
    pub(super) fn new(bounds_heads: bool, keep_alive: Duration, now: Instant) -> Self {
        let first_head = now + HEAD_TIMEOUT;
        Self { bounds_heads, keep_alive, first_head, head: None, rest: None }
    }

    /// When to look for the first time.
    pub(super) fn first_look(&self, now: Instant) -> Instant {
        self.first_head.min(now + self.interval())
    }

    /// Whether a new head or a request has come that asks for an earlier look than was agreed.
    /// This is what runs each time that the connection has done something.
    pub(super) fn wants_earlier_look(&self, progress: &Progress) -> bool {
        let has_awoken = self.rest.is_some_and(|(_, requests)| requests != progress.requests());
        has_awoken || self.is_in_new_head(progress)
    }

    /// When that earlier look is due.
    pub(super) fn earlier_look(&mut self, progress: &Progress, now: Instant) -> Instant {
        self.rest = None;
        if self.is_in_new_head(progress) {
            self.head = Some((now + HEAD_TIMEOUT, progress.requests()));
        }
        now + self.interval()
    }

    /// What a look at the connection gives.
    pub(super) fn look(&mut self, progress: &Progress, now: Instant) -> Verdict {
        let requests = progress.requests();
        if self.bounds_heads && requests == 0 {
            return match now < self.first_head {
                true => Verdict::Wait(self.first_head.min(now + self.interval())),
                false => Verdict::Cut,
            };
        }
        match self.head {
            Some((end, before)) if before == requests => {
                self.rest = None;
                return if now < end { Verdict::Wait(end) } else { Verdict::Cut };
            }
            _ => self.head = None,
        }
        if progress.is_busy() {
            self.rest = None;
            return Verdict::Wait(now + self.interval());
        }
        let since = match self.rest {
            Some((since, before)) if before == requests => since,
            _ => now,
        };
        self.rest = Some((since, requests));
        let end = since + self.keep_alive;
        if now < end { Verdict::Wait(end) } else { Verdict::Finish(now + self.interval()) }
    }

    /// Whether a head has begun whose time is not counted yet.
    fn is_in_new_head(&self, progress: &Progress) -> bool {
        let is_counted = self.head.is_some_and(|(_, requests)| requests == progress.requests());
        self.bounds_heads && progress.is_within_head() && !is_counted
    }

    /// The time between two looks at a connection that is in use.
    fn interval(&self) -> Duration {
        (self.keep_alive / 12).clamp(Duration::from_millis(100), HEAD_TIMEOUT)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const KEEP_ALIVE: Duration = Duration::from_secs(60);

    struct Case {
        deadlines: Deadlines,
        progress: Arc<Progress>,
        start: Instant,
    }

    impl Case {
        fn new(bounds_heads: bool, keep_alive: Duration) -> Self {
            let start = Instant::now();
            let deadlines = Deadlines::new(bounds_heads, keep_alive, start);
            Self { deadlines, progress: Arc::default(), start }
        }

        fn at(&self, seconds: u64) -> Instant {
            self.start + Duration::from_secs(seconds)
        }

        fn look(&mut self, seconds: u64) -> Verdict {
            let now = self.at(seconds);
            self.deadlines.look(&self.progress, now)
        }
    }

    #[test]
    fn a_first_head_has_ten_seconds_whatever_comes_of_it() {
        let mut case = Case::new(true, KEEP_ALIVE);
        assert_eq!(case.deadlines.first_look(case.start), case.at(5));
        case.progress.bytes_arrived();
        assert_eq!(case.look(5), Verdict::Wait(case.at(10)));
        assert_eq!(case.look(10), Verdict::Cut);
    }

    #[test]
    fn a_request_that_is_handled_has_no_deadline() {
        let mut case = Case::new(true, KEEP_ALIVE);
        let in_flight = case.progress.request_begins();
        for seconds in [5, 100, 10_000] {
            assert_eq!(case.look(seconds), Verdict::Wait(case.at(seconds + 5)));
        }
        drop(in_flight);
        assert_eq!(case.look(10_005), Verdict::Wait(case.at(10_065)));
        assert_eq!(case.look(10_065), Verdict::Finish(case.at(10_070)));
    }

    #[test]
    fn a_request_in_a_rest_asks_for_an_earlier_look() {
        let mut case = Case::new(true, KEEP_ALIVE);
        drop(case.progress.request_begins());
        assert_eq!(case.look(5), Verdict::Wait(case.at(65)));
        assert!(!case.deadlines.wants_earlier_look(&case.progress));

        drop(case.progress.request_begins());
        assert!(case.deadlines.wants_earlier_look(&case.progress));
        let now = case.at(30);
        assert_eq!(case.deadlines.earlier_look(&case.progress, now), case.at(35));
        assert!(!case.deadlines.wants_earlier_look(&case.progress));
        assert_eq!(case.look(35), Verdict::Wait(case.at(95)));
    }

    #[test]
    fn a_later_head_has_ten_seconds_from_its_first_bytes() {
        let mut case = Case::new(true, KEEP_ALIVE);
        drop(case.progress.request_begins());
        assert_eq!(case.look(5), Verdict::Wait(case.at(65)));

        case.progress.bytes_arrived();
        assert!(case.deadlines.wants_earlier_look(&case.progress));
        let now = case.at(20);
        case.deadlines.earlier_look(&case.progress, now);
        assert!(!case.deadlines.wants_earlier_look(&case.progress));
        assert_eq!(case.look(25), Verdict::Wait(case.at(30)));
        assert_eq!(case.look(30), Verdict::Cut);

        drop(case.progress.request_begins());
        case.progress.bytes_arrived();
        assert!(case.deadlines.wants_earlier_look(&case.progress), "the next one counts anew");

        drop(case.progress.request_begins());
        assert_eq!(case.look(30), Verdict::Wait(case.at(90)));
    }

    #[test]
    fn without_bounds_on_heads_a_silent_connection_rests() {
        let mut case = Case::new(false, KEEP_ALIVE);
        case.progress.bytes_arrived();
        assert!(!case.deadlines.wants_earlier_look(&case.progress));
        assert_eq!(case.look(5), Verdict::Wait(case.at(65)));
    }

    #[test]
    fn the_next_look_is_always_ahead() {
        let mut case = Case::new(false, Duration::ZERO);
        for seconds in 1..3 {
            let Verdict::Finish(next) = case.look(seconds) else { panic!() };
            assert!(next > case.at(seconds));
        }
    }
}
