//! With state and a `bff.toml`: answers that are kept.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
};

use bff::{axum::extract::FromRef, cookies::KeyRing, http::StatusCode};
use tokio::sync::Notify;

use crate::support::Events;

bff::app!(state = Cached, dir = "apps/cached/app");

/// The state of the app. Each test makes its own, and so its own router, whose answers no other test gets.
#[derive(Clone, Default)]
pub(crate) struct Cached {
    runs: Arc<Mutex<HashMap<&'static str, usize>>>,
    status: Arc<AtomicU16>,
    pub(crate) events: Events,
    /// Lets a handler go on.
    pub(crate) go_on: Arc<Notify>,
}

impl FromRef<Cached> for KeyRing {
    fn from_ref(_: &Cached) -> Self {
        Self::new([7; 32]).expect("32 bytes")
    }
}

impl Cached {
    /// Counts one more run of a handler: `post 2`.
    pub(crate) fn run(&self, name: &'static str) -> String {
        let mut runs = self.runs.lock().expect("nobody panics with it");
        let run = runs.entry(name).or_default();
        *run += 1;
        format!("{name} {run}")
    }

    /// How often a handler has run.
    pub(crate) fn runs(&self, name: &str) -> usize {
        self.runs.lock().expect("nobody panics with it").get(name).copied().unwrap_or_default()
    }

    /// What handlers answer with from now on.
    pub(crate) fn answer_with(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// 200, or what the test says.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status.load(Ordering::Relaxed)).unwrap_or(StatusCode::OK)
    }
}
