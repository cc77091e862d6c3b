use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::response::Response;

use super::headers::ResponseHeaders;
use crate::{error::is_failure, routing::ResponseFuture};

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

impl Future for Answering {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        let mut response = ready!(Pin::new(&mut self.response).poll(cx));
        if let Some(headers) = self.headers.take()
            // PX-85: nothing is known of what a proxy that failed would have let out.
            && !(self.by_proxy && is_failure(&response))
        {
            headers.put_on(&mut response);
        }
        Poll::Ready(response)
    }
}
