use std::{num::NonZero, sync::Arc, thread};

use http::{HeaderValue, StatusCode, header};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Problem, Result};

/// Work for the processor, so much at a time, with a queue in front that has an end.
pub(crate) struct Pool {
    /// What a line of the log calls the work.
    work: &'static str,
    /// Who is in: running or waiting.
    places: Arc<Semaphore>,
    /// Who is running, in the order in which they came.
    cores: Arc<Semaphore>,
}

/// How many wait at most.
const QUEUE: usize = 64;

impl Pool {
    /// For this machine, and for work of this name.
    pub(crate) fn of_machine(work: &'static str) -> Self {
        Self::new(work, thread::available_parallelism().map_or(1, NonZero::get), QUEUE)
    }

    fn new(work: &'static str, cores: usize, queue: usize) -> Self {
        Self {
            work,
            places: Arc::new(Semaphore::new(cores.saturating_add(queue))),
            cores: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Runs this on a thread for such work.
    ///
    /// # Errors
    /// 503 when the queue is full.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| full(self.work))?;
        let core = Arc::clone(&self.cores).acquire_owned().await?;
        // The work goes on when the client has left, so it keeps its place and its core itself.
        let working = tokio::task::spawn_blocking(move || {
            let _held: [OwnedSemaphorePermit; 2] = [place, core];
            work()
        });
        working.await?
    }
}

#[cold]
fn full(work: &str) -> Error {
    tracing::warn!("{work} is refused: too many wait already");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE)
        .header(header::RETRY_AFTER, HeaderValue::from_static("1"))
        .into()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use axum::response::IntoResponse;
    use futures_util::{FutureExt, poll};

    use super::*;

    /// Work that begins to run, tells so, and ends when it is told.
    fn work(began: &Sender<()>) -> (Sender<()>, impl FnOnce() -> Result<()> + Send + 'static) {
        let (end, ended): (Sender<()>, Receiver<()>) = channel();
        let began = began.clone();
        (end, move || {
            began.send(()).unwrap();
            ended.recv().map_err(Error::from)
        })
    }

    #[tokio::test]
    async fn what_the_queue_has_no_room_for_is_refused_at_once() {
        let pool = Pool::new("work", 1, 2);
        let (began, begins) = channel();
        let (ends, works): (Vec<_>, Vec<_>) = (0..3).map(|_| work(&began)).unzip();
        let mut runs: Vec<_> = works.into_iter().map(|work| Box::pin(pool.run(work))).collect();
        for run in &mut runs {
            assert!(poll!(run).is_pending());
        }
        let Err(error) = pool.run(|| Ok(())).await else { panic!("there is a place") };
        let response = error.into_response();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "1");
        // One after another, in order; then there is room again.
        for (run, end) in runs.into_iter().zip(ends) {
            end.send(()).unwrap();
            run.await.unwrap();
            assert_eq!(begins.try_iter().count(), 1);
        }
        pool.run(|| Ok(())).await.unwrap();
    }

    #[tokio::test]
    async fn work_whose_client_has_left_keeps_its_place_until_it_is_done() {
        let pool = Pool::new("work", 1, 0);
        let (began, begins) = channel();
        let (end, work) = work(&began);
        assert!(pool.run(work).now_or_never().is_none());
        begins.recv().unwrap();
        assert!(pool.run(|| Ok(())).await.is_err(), "it still runs");
        end.send(()).unwrap();
        while pool.places.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
        pool.run(|| Ok(())).await.unwrap();
    }
}
