use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::response::Response;

use super::{SecurityHeaders, data::DEFAULT};
use crate::routing::Untold;

/// A response in the making that gets what it is told, and the security headers.
#[must_use = "futures do nothing unless polled"]
pub(crate) struct Secured<F> {
    future: F,
    headers: &'static SecurityHeaders,
}

impl<F> Secured<F> {
    /// Those of the app, or the defaults.
    #[inline]
    pub(crate) fn new(future: F, headers: Option<&'static SecurityHeaders>) -> Self {
        Self { future, headers: headers.unwrap_or(&DEFAULT) }
    }
}

impl<F: Untold> Future for Secured<F> {
    type Output = Response;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        let mut response = ready!(self.future.poll_untold(cx));
        let told = self.future.told();
        self.headers.ready().put_on(&mut response, told.as_ref());
        Poll::Ready(response)
    }
}
