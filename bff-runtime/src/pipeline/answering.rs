use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::response::Response;

use super::headers::ResponseHeaders;
use crate::{
    error::is_failure,
    policy::Told,
    routing::{ResponseFuture, Untold},
};

/// A response in the making, and the headers of `bff.toml` for it.
#[must_use = "futures do nothing unless polled"]
pub(crate) struct Answering {
    pub(super) response: ResponseFuture,
    pub(super) headers: Option<Box<ResponseHeaders>>,
    /// A proxy runs, so a failure is the proxy's own.
    pub(super) by_proxy: bool,
}

impl From<ResponseFuture> for Answering {
    fn from(response: ResponseFuture) -> Self {
        Self { response, headers: None, by_proxy: false }
    }
}

impl Untold for Answering {
    fn poll_untold(&mut self, cx: &mut Context<'_>) -> Poll<Response> {
        if self.headers.is_none() {
            return self.response.poll_untold(cx);
        }
        // These give way to what is on the response, and what it is told is on it.
        let mut response = ready!(Pin::new(&mut self.response).poll(cx));
        if let Some(headers) = self.headers.take()
            // PX-85: nothing is known of what a proxy that failed would have let out.
            && !(self.by_proxy && is_failure(&response))
        {
            headers.put_on(&mut response);
        }
        Poll::Ready(response)
    }

    fn told(&mut self) -> Option<Told> {
        self.response.told()
    }
}
