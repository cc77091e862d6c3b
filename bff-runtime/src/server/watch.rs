//! Runs one connection to its end: by itself, by a deadline, or by the end of the server.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    task::unconstrained,
    time::{Instant, Sleep, sleep_until},
};

use super::{
    deadlines::{Deadlines, Verdict},
    drain::DrainSignal,
    progress::Progress,
};

pub(super) struct Watch<'a> {
    pub(super) drain: &'a DrainSignal,
    pub(super) progress: &'a Progress,
    pub(super) keep_alive: Duration,
    /// See [`Deadlines::new`].
    pub(super) bounds_heads: bool,
}

impl Watch<'_> {
    /// Gives what the connection gives, or `None` when it was too slow. `finish` asks a connection
    /// to end after the requests that it has begun.
    ///
    /// It has to be the whole of a task, because wakers are handed over once and not each time the
    /// connection wakes up: that saves a lock for each of them with every request.
    pub(super) async fn run<C: Future>(
        self,
        mut connection: Pin<&mut C>,
        finish: impl Fn(Pin<&mut C>),
    ) -> Option<C::Output> {
        let Self { drain, progress, keep_alive, bounds_heads } = self;
        let now = Instant::now();
        let mut deadlines = Deadlines::new(bounds_heads, keep_alive, now);
        let mut alarm = pin!(sleep_until(deadlines.first_look(now)));
        let mut drain_begins = pin!(drain.begins());
        let mut is_listening = false;
        let mut is_draining = false;
        poll_fn(|cx| {
            if !is_listening {
                is_listening = true;
                listen(alarm.as_mut(), cx);
                // What it says does not matter, the flag does.
                let _: Poll<()> = drain_begins.as_mut().poll(cx);
            }
            if !is_draining && drain.has_begun() {
                is_draining = true;
                finish(connection.as_mut());
            }
            loop {
                if let Poll::Ready(output) = connection.as_mut().poll(cx) {
                    return Poll::Ready(Some(output));
                }
                if deadlines.wants_earlier_look(progress) {
                    let look = deadlines.earlier_look(progress, Instant::now());
                    if look < alarm.deadline() {
                        alarm.as_mut().reset(look);
                        listen(alarm.as_mut(), cx);
                    }
                }
                if !alarm.is_elapsed() {
                    return Poll::Pending;
                }
                match deadlines.look(progress, Instant::now()) {
                    Verdict::Wait(until) => {
                        alarm.as_mut().reset(until);
                        listen(alarm.as_mut(), cx);
                    }
                    // An idle connection is at its end with the poll of the next round.
                    Verdict::Finish(next) => {
                        finish(connection.as_mut());
                        alarm.as_mut().reset(next);
                        listen(alarm.as_mut(), cx);
                    }
                    Verdict::Cut => return Poll::Ready(None),
                }
            }
        })
        .await
    }
}

/// Hands the waker over to the timer. A connection that has used up its share of the thread must
/// not keep it from listening, hence without constraint.
fn listen(alarm: Pin<&mut Sleep>, cx: &mut Context<'_>) {
    let _: Poll<()> = pin!(unconstrained(alarm)).poll(cx);
}
