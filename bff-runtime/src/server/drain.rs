//! The end of all connections: asked to finish, waited for, cut (row DP-10).

use std::{
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tokio::{
    sync::{Notify, futures::Notified},
    task::JoinSet,
    time,
};

use super::{accept::report, stop::Stop};
use crate::after;

/// A task that is cut goes at its next await; one that computes without end is not waited for.
const CUT_GRACE: Duration = Duration::from_millis(100);

/// Tells every connection that the server stops.
#[derive(Default)]
pub(super) struct DrainSignal {
    begun: AtomicBool,
    wake: Notify,
}

impl DrainSignal {
    fn begin(&self) {
        self.begun.store(true, Ordering::Release);
        self.wake.notify_waiters();
    }

    pub(super) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }

    /// Wakes the task up when the drain begins. It counts from the first poll, so whoever waits
    /// looks at [`has_begun`](Self::has_begun) after that.
    pub(super) fn begins(&self) -> Notified<'_> {
        self.wake.notified()
    }

    /// Completes when the drain has begun.
    pub(super) async fn begun(&self) {
        let mut begins = pin!(self.begins());
        begins.as_mut().enable();
        if !self.has_begun() {
            begins.await;
        }
    }

    /// Lets the connections and the work after their responses finish (RH-367), for no longer than `deadline`
    /// and not after another request to stop, and cuts what is left.
    pub(super) async fn finish(
        &self,
        mut connections: JoinSet<()>,
        deadline: Duration,
        stop: &mut Stop,
    ) {
        if !connections.is_empty() {
            tracing::info!("stopping, {} connections are open", connections.len());
        }
        self.begin();
        let why = tokio::select! {
            biased;
            () = async {
                all_ended(&mut connections).await;
                after::settled().await;
            } => return,
            () = stop.requested() => "asked again to stop",
            () = time::sleep(deadline) => "the time to drain is over",
        };
        let (connections_left, work) = (connections.len(), after::running());
        tracing::warn!(
            "{why}, cutting {connections_left} connections and {work} pieces of other work"
        );
        connections.abort_all();
        let _ = time::timeout(CUT_GRACE, all_ended(&mut connections)).await;
    }
}

async fn all_ended(connections: &mut JoinSet<()>) {
    while let Some(ended) = connections.join_next().await {
        report(ended);
    }
}
