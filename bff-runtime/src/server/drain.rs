//! The end of all connections: asked to finish, waited for, cut (row DP-10).

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::atomic::{AtomicBool, Ordering},
    task::Poll,
    time::Duration,
};

use tokio::{sync::Notify, task::JoinSet, time};

use super::{accept::report, stop::Stop};

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

    fn has_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }

    /// Completes when the drain has begun.
    pub(super) async fn begun(&self) {
        // Listening comes before looking, or else a beginning in between would be lost.
        let mut wake = pin!(self.wake.notified());
        wake.as_mut().enable();
        if !self.has_begun() {
            wake.await;
        }
    }

    /// Runs a connection to its end, and calls `drain` on it when the server stops.
    ///
    /// It has to be the whole of a task: the waker is handed over once, which saves a lock each
    /// time that the connection wakes up.
    pub(super) async fn run<C: Future>(
        &self,
        mut connection: Pin<&mut C>,
        drain: impl Fn(Pin<&mut C>),
    ) -> C::Output {
        let mut wake = pin!(self.wake.notified());
        let mut listens = false;
        let mut drains = false;
        poll_fn(|cx| {
            if !listens {
                listens = true;
                // What it says does not matter, the flag below does.
                let _: Poll<()> = wake.as_mut().poll(cx);
            }
            if !drains && self.has_begun() {
                drains = true;
                drain(connection.as_mut());
            }
            connection.as_mut().poll(cx)
        })
        .await
    }

    /// Lets the connections finish, for no longer than `deadline` and not after another request to
    /// stop, and cuts what is left.
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
            () = all_ended(&mut connections) => return,
            () = stop.requested() => "asked again to stop",
            () = time::sleep(deadline) => "the time to drain is over",
        };
        tracing::warn!("{why}, cutting {} connections", connections.len());
        connections.abort_all();
        let _ = time::timeout(CUT_GRACE, all_ended(&mut connections)).await;
    }
}

async fn all_ended(connections: &mut JoinSet<()>) {
    while let Some(ended) = connections.join_next().await {
        report(ended);
    }
}
