use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// A future as that of a service that cannot fail. axum asks for a `Result`; nothing else here has one.
#[must_use = "futures do nothing unless polled"]
pub(crate) struct Infallibly<F>(pub(crate) F);

impl<F: Future + Unpin> Future for Infallibly<F> {
    type Output = Result<F::Output, Infallible>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(Ok)
    }
}
