//! Deadlines for request heads on one HTTP/1 connection.
//!
//! hyper asks a [`Timer`] for a sleep each time it begins to wait for a request, and drops the
//! sleep when the head is complete. With its own timer that has two drawbacks: the time that a
//! kept-alive connection may rest is the time that a head may take, and every request registers
//! with the timer of the runtime and takes itself off again.
//!
//! Here the sleeps of a connection share one registration, which is moved only when it would fire
//! too late. A connection under load touches the timer of the runtime every few seconds, not with
//! every request.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::rt::{Sleep, Timer};
use tokio::time::{self, Instant};

use super::limits::HEAD_TIMEOUT;

/// What the socket and the timer of one connection know together.
pub(super) struct Progress {
    /// Whether bytes have arrived since hyper began to wait for a head.
    arrived: AtomicBool,
    /// The one registration with the timer of the runtime.
    alarm: Mutex<Pin<Box<time::Sleep>>>,
}

impl Progress {
    pub(super) fn new() -> Arc<Self> {
        let alarm = Mutex::new(Box::pin(time::sleep(HEAD_TIMEOUT)));
        Arc::new(Self { arrived: AtomicBool::new(false), alarm })
    }

    /// All this happens within the task of the connection, so there is nothing to order.
    pub(super) fn bytes_arrived(&self) {
        self.arrived.store(true, Ordering::Relaxed);
    }

    pub(super) fn head_has_begun(&self) -> bool {
        self.arrived.load(Ordering::Relaxed)
    }
}

pub(super) struct HeadTimer {
    progress: Arc<Progress>,
    keep_alive: Duration,
    /// Whether hyper has yet to ask for the first time.
    fresh: AtomicBool,
}

impl HeadTimer {
    pub(super) fn new(progress: Arc<Progress>, keep_alive: Duration) -> Self {
        Self { progress, keep_alive, fresh: AtomicBool::new(true) }
    }
}

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    /// The deadline is that of a head which begins now, as it does on a new connection: one that
    /// says nothing is cut as early as one that says too little. Between two requests a client
    /// may rest for longer, until the first byte.
    fn sleep_until(&self, deadline: std::time::Instant) -> Pin<Box<dyn Sleep>> {
        let deadline = Instant::from_std(deadline);
        let fresh = self.fresh.swap(false, Ordering::Relaxed);
        if !fresh {
            self.progress.arrived.store(false, Ordering::Relaxed);
        }
        Box::pin(HeadSleep {
            progress: Arc::clone(&self.progress),
            rests_until: deadline - HEAD_TIMEOUT + self.keep_alive,
            head_until: fresh.then_some(deadline),
        })
    }

    fn now(&self) -> std::time::Instant {
        // The clock of the runtime, so that tests can wind it.
        Instant::now().into_std()
    }
}

struct HeadSleep {
    progress: Arc<Progress>,
    rests_until: Instant,
    /// Known once the head has begun.
    head_until: Option<Instant>,
}

impl Sleep for HeadSleep {}

impl Future for HeadSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.head_until.is_none() && self.progress.head_has_begun() {
            self.head_until = Some(Instant::now() + HEAD_TIMEOUT);
        }
        let deadline = self.head_until.unwrap_or(self.rests_until);
        let mut alarm = self.progress.alarm.lock().unwrap_or_else(PoisonError::into_inner);
        if alarm.deadline() > deadline {
            alarm.as_mut().reset(deadline);
        }
        loop {
            ready!(alarm.as_mut().poll(cx));
            if alarm.deadline() >= deadline {
                return Poll::Ready(());
            }
            // It was still set for an earlier request.
            alarm.as_mut().reset(deadline);
        }
    }
}
