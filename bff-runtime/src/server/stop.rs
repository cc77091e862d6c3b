//! What tells the server to stop: signals, or a future of the program.

use std::{future::Future, io, pin::Pin};

use super::signals::Signals;

pub(super) type ShutdownFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

pub(super) struct Stop {
    source: Source,
    /// A request that was received and has not had its effect.
    asked: bool,
}

enum Source {
    Signals(Signals),
    /// `None` once it has completed: a future cannot ask a second time.
    Future(Option<ShutdownFuture>),
}

impl Stop {
    pub(super) fn new(shutdown: Option<ShutdownFuture>) -> io::Result<Self> {
        let source = match shutdown {
            Some(future) => Source::Future(Some(future)),
            None => Source::Signals(Signals::listen()?),
        };
        Ok(Self { source, asked: false })
    }

    /// Lets the last request be received once more.
    pub(super) fn ask_again(&mut self) {
        self.asked = true;
    }

    /// Waits for the next request to stop. May be dropped and called again.
    pub(super) async fn requested(&mut self) {
        if std::mem::take(&mut self.asked) {
            return;
        }
        match &mut self.source {
            Source::Signals(signals) => signals.received().await,
            Source::Future(future) => match future {
                Some(pending) => {
                    pending.as_mut().await;
                    *future = None;
                }
                None => std::future::pending().await,
            },
        }
    }
}
