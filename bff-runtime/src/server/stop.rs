//! What tells the server to stop: signals, or a future of the program.

use std::{future::Future, io, pin::Pin};

use super::signals::Signals;

pub(super) type ShutdownFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

pub(super) enum Stop {
    Signals(Signals),
    /// `None` once it has completed: a future cannot ask a second time.
    Future(Option<ShutdownFuture>),
}

impl Stop {
    pub(super) fn new(shutdown: Option<ShutdownFuture>) -> io::Result<Self> {
        match shutdown {
            Some(future) => Ok(Self::Future(Some(future))),
            None => Signals::listen().map(Self::Signals),
        }
    }

    /// Waits for the next request to stop. May be dropped and called again.
    pub(super) async fn requested(&mut self) {
        match self {
            Self::Signals(signals) => signals.received().await,
            Self::Future(future) => match future {
                Some(pending) => {
                    pending.as_mut().await;
                    *future = None;
                }
                None => std::future::pending().await,
            },
        }
    }
}
