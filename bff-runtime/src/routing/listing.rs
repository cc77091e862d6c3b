use std::{
    collections::HashSet,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use futures_util::FutureExt as _;
use tokio::{sync::watch, time::Instant};

use super::{ParamValues, StaticParamsFuture};
use crate::{
    Error, Result,
    error::{SharedError, panic_text},
};

/// The params of a route that has no others, listed once for all who ask.
#[derive(Debug, Default)]
pub(super) struct Listing {
    found: OnceLock<HashSet<ParamValues>>,
    /// The last time that they were listed, or are being listed.
    attempt: Mutex<Option<Attempt>>,
}

/// What an attempt has come to, when it has ended.
type Attempt = watch::Receiver<Option<Result<(), Failed>>>;

#[derive(Debug)]
struct Failed {
    error: SharedError,
    at: Instant,
}

/// What has failed is tried again after this, however many ask: what it lists from is away, and must not be asked by
/// each of them.
const AGAIN: Duration = Duration::from_secs(1);

impl Listing {
    /// What is listed.
    ///
    /// # Errors
    /// What the last attempt failed with.
    pub(super) async fn found(
        self: &Arc<Self>,
        list: impl FnOnce() -> StaticParamsFuture,
    ) -> Result<&HashSet<ParamValues>> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let mut attempt = self.join(list);
        let failed = match attempt.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(Err(failed))) => Some(Error::from(failed.error.clone())),
            _ => None,
        };
        // Without an end the program is stopping.
        self.found.get().ok_or_else(|| failed.unwrap_or_else(|| Error::msg("nothing was listed")))
    }

    /// The attempt that counts now.
    fn join(self: &Arc<Self>, list: impl FnOnce() -> StaticParamsFuture) -> Attempt {
        let mut last = self.attempt.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(attempt) if counts(attempt) => attempt.clone(),
            _ => last.insert(self.begin(list())).clone(),
        }
    }

    /// On a task of its own, which a client that goes away does not end.
    fn begin(self: &Arc<Self>, list: StaticParamsFuture) -> Attempt {
        let (end, attempt) = watch::channel(None);
        let listing = Arc::clone(self);
        tokio::spawn(async move {
            let listed = AssertUnwindSafe(list).catch_unwind().await;
            let listed = listed.unwrap_or_else(|panic| Err(Error::msg(panic_text(&*panic))));
            let ended = match listed {
                Ok(listed) => {
                    listing.found.get_or_init(|| listed.into_iter().collect());
                    Ok(())
                }
                Err(error) => Err(Failed { error: error.share(), at: Instant::now() }),
            };
            end.send_replace(Some(ended));
        });
        attempt
    }
}

/// Whether this attempt is one to wait for, or to believe.
fn counts(attempt: &Attempt) -> bool {
    match &*attempt.borrow() {
        // It goes on, unless its runtime has stopped.
        None => attempt.has_changed().is_ok(),
        Some(Ok(())) => true,
        Some(Err(failed)) => failed.at.elapsed() < AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::{sync::Semaphore, task::JoinSet, time::advance};

    use super::*;

    /// A function that has to be let go on, and fails so many times first.
    struct Source {
        runs: AtomicUsize,
        failing: usize,
        turns: Semaphore,
    }

    impl Source {
        fn new(failing: usize) -> Arc<Self> {
            Arc::new(Self { runs: AtomicUsize::new(0), failing, turns: Semaphore::new(0) })
        }

        fn list(self: &Arc<Self>) -> StaticParamsFuture {
            let source = Arc::clone(self);
            Box::pin(async move {
                let run = source.runs.fetch_add(1, Ordering::Relaxed);
                source.turns.acquire().await.map_err(|_| Error::msg("closed"))?.forget();
                match run < source.failing {
                    true if run == 1 => panic!("a wheel came off"),
                    true => Err(Error::msg("the database is away")),
                    false => Ok(vec![vec![vec!["7".to_owned()]]]),
                }
            })
        }

        fn runs(&self) -> usize {
            self.runs.load(Ordering::Relaxed)
        }
    }

    /// So many ask at once: why they get nothing, one word for all.
    async fn ask(listing: &Arc<Listing>, source: &Arc<Source>, clients: usize) -> Option<String> {
        let mut asking = JoinSet::new();
        for _ in 0..clients {
            let (listing, source) = (Arc::clone(listing), Arc::clone(source));
            asking.spawn(async move {
                let found = listing.found(|| source.list()).await;
                found.map(HashSet::len).map_err(|error| error.to_string())
            });
        }
        tokio::task::yield_now().await;
        source.turns.add_permits(1);
        let mut answers = asking.join_all().await;
        answers.dedup();
        let [answer] = &answers[..] else { panic!("{answers:?}") };
        answer.clone().map_or_else(Some, |found| {
            assert_eq!(found, 1);
            None
        })
    }

    #[tokio::test(start_paused = true)]
    async fn rh_318_rh_328_all_who_ask_wait_for_one_and_a_failure_is_one_for_a_second() {
        let (listing, source) = (Arc::<Listing>::default(), Source::new(2));
        for (runs, expected) in
            [(1, Some("the database is away")), (2, Some("a wheel came off")), (3, None)]
        {
            assert_eq!(ask(&listing, &source, 100).await.as_deref(), expected);
            // And who comes just after them.
            advance(AGAIN / 2).await;
            assert_eq!(ask(&listing, &source, 100).await.as_deref(), expected);
            assert_eq!(source.runs(), runs);
            advance(AGAIN / 2).await;
            let _ = source.turns.forget_permits(1);
        }
    }

    #[tokio::test]
    async fn a_client_that_goes_away_does_not_end_what_others_wait_for() {
        let (listing, source) = (Arc::<Listing>::default(), Source::new(0));
        let first = {
            let (listing, source) = (Arc::clone(&listing), Arc::clone(&source));
            tokio::spawn(async move { listing.found(|| source.list()).await.is_ok() })
        };
        while source.runs() == 0 {
            tokio::task::yield_now().await;
        }
        first.abort();
        assert!(first.await.is_err(), "it has gone away");
        assert_eq!(ask(&listing, &source, 1).await, None);
        assert_eq!(source.runs(), 1);
    }
}
