//! With an instrumentation file and a proxy, both of which tell what they see.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use tokio::sync::Notify;

use crate::support::within;

bff::app!(dir = "apps/observed/app");

pub(crate) use __bff_instrumentation::REGISTERED;

/// What `on_request_error` was told, by the id of the request: the hook is one for the process, the tests are many.
pub(crate) static REPORTS: LazyLock<Reports> = LazyLock::new(Reports::default);

#[derive(Default)]
pub(crate) struct Reports {
    told: Mutex<HashMap<String, Vec<String>>>,
    more: Notify,
}

impl Reports {
    pub(crate) fn tell(&self, id: &str, report: String) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.entry(id.to_owned()).or_default().push(report);
        self.more.notify_waiters();
    }

    /// What was told of a request so far.
    pub(crate) fn now(&self, id: &str) -> Vec<String> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(id).cloned().unwrap_or_default()
    }

    /// The first that is told of a request.
    pub(crate) async fn first(&self, id: &str) -> String {
        within("a report", async {
            loop {
                let more = self.more.notified();
                tokio::pin!(more);
                more.as_mut().enable();
                if let Some(first) = self.now(id).into_iter().next() {
                    return first;
                }
                more.await;
            }
        })
        .await
    }
}

/// The one slow request of the tests.
pub(crate) static SLOW: LazyLock<Slow> = LazyLock::new(Slow::default);

#[derive(Default)]
pub(crate) struct Slow {
    pub(crate) begun: Notify,
    pub(crate) go_on: Notify,
}
