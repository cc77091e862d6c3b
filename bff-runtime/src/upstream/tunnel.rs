use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf, copy_bidirectional},
    time::sleep_until,
};

use super::timeouts::after;

/// Connects the two sides of an upgrade when both have changed their protocol, until one of them leaves or
/// neither has said anything for this long.
pub(super) fn open(client: OnUpgrade, upstream: OnUpgrade, idle: Duration) {
    tokio::spawn(async move {
        // Nothing is read from either side before both have switched (RUSTSEC-2026-0033).
        let Ok((client, upstream)) = tokio::try_join!(client, upstream) else {
            return tracing::debug!("an upgrade was agreed on and did not take place");
        };
        let moved = Arc::new(AtomicBool::new(false));
        let mut client = Side { io: TokioIo::new(client), moved: Arc::clone(&moved) };
        let mut upstream = Side { io: TokioIo::new(upstream), moved: Arc::clone(&moved) };
        tokio::select! {
            outcome = copy_bidirectional(&mut client, &mut upstream) => {
                if let Err(error) = outcome {
                    tracing::debug!("an upgraded connection broke off: {error}");
                }
            }
            () = silence(&moved, idle) => tracing::debug!("an upgraded connection fell silent"),
        }
    });
}

/// Completes when nothing has moved for at least this long, and for twice as long at most.
async fn silence(moved: &AtomicBool, idle: Duration) {
    loop {
        sleep_until(after(idle)).await;
        if !moved.swap(false, Relaxed) {
            return;
        }
    }
}

/// One side; it notes that something arrived.
struct Side<T> {
    io: T,
    moved: Arc<AtomicBool>,
}

impl<T: AsyncRead + Unpin> AsyncRead for Side<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.io).poll_read(cx, buffer))?;
        self.moved.store(true, Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Side<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
