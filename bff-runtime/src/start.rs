//! What went wrong while a router was built.
//!
//! `app::router()` gives a plain router and must not panic, so whatever it needs and does not find is put down here
//! and told by those who can: [`serve`](crate::serve()) gives it back as an error, the client of
//! [`testing`](crate::testing) panics with it. Anybody else who serves the router gets a 500 for each request, and
//! the reason in the log.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{Router, response::Response};

use crate::{Error, error::failure, session};

/// The routers of this program that cannot be served.
static FAILURES: Failures = Failures(Mutex::new(Vec::new()));

/// Puts down why a router cannot be served. It counts for as long as the result or a clone of it lives, which the
/// router therefore keeps: one that is dropped keeps nobody from starting.
pub(crate) fn fail(reasons: Vec<String>) -> NotStarted {
    FAILURES.add(reasons)
}

/// A router that answers every request with the failure. It keeps the other, whose own failures count as well.
pub(crate) fn in_place_of(router: Router, reasons: Vec<String>) -> Router {
    let failed = Arc::new((fail(reasons), router));
    Router::new().fallback(move || {
        let failed = Arc::clone(&failed);
        async move { failed.0.answer() }
    })
}

/// Whether everything that was built can be served.
///
/// # Errors
/// When something cannot; the text has all reasons, a line each.
pub(crate) fn check() -> Result<(), Error> {
    session::mistake().map_or(Ok(()), |mistake| Err(Error::msg(mistake)))?;
    FAILURES.check()
}

struct Failures(Mutex<Vec<Weak<Failure>>>);

struct Failure {
    reasons: Vec<String>,
    told: AtomicBool,
}

/// A router that cannot be served; on its responses, too.
#[derive(Clone)]
pub(crate) struct NotStarted(Arc<Failure>);

impl Failures {
    fn add(&self, reasons: Vec<String>) -> NotStarted {
        let failure = Arc::new(Failure { reasons, told: AtomicBool::new(false) });
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|other| other.strong_count() > 0);
        failures.push(Arc::downgrade(&failure));
        NotStarted(failure)
    }

    fn check(&self) -> Result<(), Error> {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let living = failures.iter().filter_map(Weak::upgrade);
        let reasons: Vec<String> = living.map(|failure| NotStarted(failure).to_string()).collect();
        if reasons.is_empty() { Ok(()) } else { Err(Error::msg(reasons.join("\n"))) }
    }
}

impl NotStarted {
    /// The answer to every request (RH-074); the reason is logged once.
    pub(crate) fn answer(&self) -> Response {
        if !self.0.told.swap(true, Ordering::Relaxed) {
            tracing::error!("nothing is served: {self}");
        }
        let mut response = failure(Error::msg(self.to_string()));
        response.extensions_mut().insert(self.clone());
        response
    }

    /// The reason for a response, when it is such an answer.
    pub(crate) fn of(response: &Response) -> Option<&Self> {
        response.extensions().get()
    }
}

impl fmt::Display for NotStarted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.reasons.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_stops_the_start_while_its_router_lives() {
        let failures = Failures(Mutex::new(Vec::new()));
        assert!(failures.check().is_ok());
        let first = failures.add(vec!["a is missing".to_owned(), "b is missing".to_owned()]);
        let second = failures.add(vec!["c is missing".to_owned()]);
        let error = failures.check().expect_err("two routers are broken");
        assert_eq!(error.to_string(), "a is missing\nb is missing\nc is missing");
        drop(first);
        let copy = second.clone();
        drop(second);
        assert_eq!(failures.check().expect_err("one is").to_string(), "c is missing");
        drop(copy);
        assert!(failures.check().is_ok());
    }

    #[test]
    fn rh_074_the_client_learns_the_status_and_our_own_tools_the_reason() {
        let failures = Failures(Mutex::new(Vec::new()));
        let answer = failures.add(vec!["`SECRET_URL` is not set".to_owned()]).answer();
        assert_eq!(answer.status(), 500);
        let reason = NotStarted::of(&answer).map(ToString::to_string);
        assert_eq!(reason.as_deref(), Some("`SECRET_URL` is not set"));
    }

    #[tokio::test]
    #[should_panic(expected = "this app cannot be served: `SOME_URL` is not set")]
    async fn the_test_client_panics_with_the_reason() {
        let failures = Failures(Mutex::new(Vec::new()));
        let broken = failures.add(vec!["`SOME_URL` is not set".to_owned()]);
        let router = Router::new().fallback(move || async move { broken.answer() });
        crate::testing::client(router).get("/").await;
    }
}
