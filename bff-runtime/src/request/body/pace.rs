use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Bytes, HttpBody},
};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::{PACES, STALL};

/// A body whose client has to keep a pace.
///
/// Only the time in which the client is waited for counts, not what the reader takes between two chunks: a slow
/// handler is not the client's fault. While chunks arrive without a wait there is no timer at all.
///
/// The server keeps the pace for every body, whoever reads it; the readers of this module do for routers that others
/// serve.
pub(crate) struct Paced<B> {
    body: B,
    received: u64,
    /// The waits that are over, together.
    waited: Duration,
    /// The beginning of the wait that is not.
    since: Option<Instant>,
    /// Set early rather than anew with every chunk; what it says is checked when it fires.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<B> Paced<B> {
    pub(crate) fn new(body: B) -> Self {
        Self { body, received: 0, waited: Duration::ZERO, since: None, timer: None }
    }

    /// When the wait that began then is over.
    fn deadline(&self, since: Instant) -> Instant {
        let wait = PACES
            .iter()
            .map(|(time, pace)| *time + seconds(self.received, *pace))
            .map(|allowed| allowed.saturating_sub(self.waited))
            .fold(STALL, Duration::min);
        since + wait
    }

    /// True when the client is out of time; otherwise the task is woken when it is.
    fn is_overdue(&mut self, cx: &mut Context<'_>) -> bool {
        let since = *self.since.get_or_insert_with(Instant::now);
        let deadline = self.deadline(since);
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        while timer.as_mut().poll(cx).is_ready() {
            if Instant::now() >= deadline {
                return true;
            }
            timer.as_mut().reset(deadline);
        }
        false
    }
}

/// The time for so many bytes.
fn seconds(bytes: u64, per_second: u64) -> Duration {
    Duration::from_millis(bytes.saturating_mul(1000) / per_second)
}

impl<B> HttpBody for Paced<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => {
                if let Some(since) = self.since.take() {
                    self.waited += since.elapsed();
                }
                if let Some(Ok(frame)) = &frame {
                    self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
                }
                Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::new)))
            }
            Poll::Pending if self.is_overdue(cx) => {
                Poll::Ready(Some(Err(axum::Error::new(TooSlow))))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The client did not keep the pace.
#[derive(Debug)]
pub(super) struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body comes too slowly")
    }
}

impl std::error::Error for TooSlow {}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use axum::body::Body;
    use futures_util::stream;
    use http_body_util::BodyExt;
    use tokio::time::sleep;

    use super::*;

    /// Sends so many bytes, again and again, with a pause before each time.
    fn drip(bytes: usize, pause: Duration, times: usize) -> Body {
        Body::from_stream(stream::unfold(times, move |left| async move {
            let left = left.checked_sub(1)?;
            sleep(pause).await;
            Some((Ok::<_, Infallible>(Bytes::from(vec![0; bytes])), left))
        }))
    }

    /// What became of a body, and after how many seconds.
    async fn outcome(body: Body) -> (Result<usize, &'static str>, u64) {
        let begun = Instant::now();
        let outcome = match Paced::new(body).collect().await {
            Ok(body) => Ok(body.to_bytes().len()),
            Err(_) => Err("too slow"),
        };
        (outcome, begun.elapsed().as_millis().div_ceil(1000) as u64)
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_may_pause_for_ten_seconds_and_has_to_keep_a_pace() {
        let millis = Duration::from_millis;
        for (bytes, pause, times, expected) in [
            // Nothing at all, and a pause that is just short enough.
            (1, millis(60_000), 1, (Err("too slow"), 10)),
            (1, millis(9_900), 2, (Ok(2), 20)),
            // One byte now and then, for ever.
            (1, millis(9_000), 1000, (Err("too slow"), 21)),
            (1, millis(2_500), 1000, (Err("too slow"), 21)),
            // Just fast enough for the first pace; what is just too slow for it meets the second one before.
            (510, millis(1_000), 100, (Ok(51_000), 100)),
            (490, millis(1_000), 2000, (Err("too slow"), 320)),
            // Fast enough for the first one alone.
            (1_000, millis(1_000), 4000, (Err("too slow"), 342)),
            (9_000, millis(1_000), 1000, (Ok(9_000_000), 1000)),
        ] {
            let found = outcome(drip(bytes, pause, times)).await;
            let what = format!("{bytes} bytes every {pause:?}: {found:?}");
            assert_eq!(found.0, expected.0, "{what}");
            assert!(found.1.abs_diff(expected.1) <= 25, "{what}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_that_the_reader_takes_is_not_the_clients() {
        let mut body = Paced::new(drip(1, Duration::ZERO, 10));
        for _ in 0..10 {
            sleep(Duration::from_secs(60)).await;
            body.frame().await.unwrap().unwrap();
        }
        assert!(body.frame().await.is_none());
    }
}
