//! A line for each request, at the end of its answer.

use std::{net::IpAddr, sync::Arc, time::Instant};

use axum::{extract::Request, response::Response};
use http::{Method, StatusCode};

use super::logged_headers::LoggedHeaders;
use crate::{ending, observe::Observed};

/// Where the lines come from, for a filter.
const TARGET: &str = "bff::access";

/// A line in the making. It is written when it is dropped, which is the one thing that comes to every request: the
/// answer is sent, or the client leaves before.
///
/// Only what stands here can be in it: no body, no header that the program has not listed, and of the URL what
/// [`Observed`] gives (security row 61).
#[derive(Debug)]
pub(super) struct Line {
    observed: Arc<Observed>,
    /// The other end of the socket.
    peer: IpAddr,
    headers: Option<String>,
    begun: Instant,
    status: Option<StatusCode>,
    /// How many bytes of the body the connection has taken.
    bytes: u64,
    /// How many are to come, where that is known. At their end the connection does not ask again.
    left: Option<u64>,
    is_complete: bool,
}

impl Line {
    /// Begins the line of a request, unless nobody would see it.
    pub(super) fn begin(
        request: &mut Request,
        peer: IpAddr,
        headers: LoggedHeaders,
    ) -> Option<Self> {
        tracing::event_enabled!(target: TARGET, tracing::Level::INFO).then(|| {
            let begun = Instant::now();
            let observed = Observed::of(request);
            let peer = peer.to_canonical();
            Self {
                observed,
                peer,
                headers: headers.of(request.headers()),
                begun,
                status: None,
                bytes: 0,
                left: None,
                is_complete: false,
            }
        })
    }

    /// The answer begins. What a log has, its client can quote.
    pub(super) fn answered(&mut self, response: &mut Response) {
        self.observed.id().put_on(response.headers_mut());
        self.status = Some(response.status());
        self.left = ending::length(response);
        let has_no_body = *self.observed.method() == Method::HEAD
            || self.left == Some(0)
            || ending::is_bodiless(response.status());
        // Such a body is dropped without being asked for anything.
        self.is_complete = has_no_body;
    }

    /// That many bytes of the body are taken.
    pub(super) fn sent(&mut self, bytes: usize) {
        let bytes = bytes as u64;
        self.bytes += bytes;
        self.left = self.left.map(|left| left.saturating_sub(bytes));
        self.is_complete |= self.left == Some(0);
    }

    /// The body is at its end.
    pub(super) fn ended(&mut self) {
        self.is_complete = true;
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let observed = &self.observed;
        let query = observed.query();
        let elapsed = self.begun.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(
            target: TARGET,
            client = %observed.client().unwrap_or(self.peer),
            method = %observed.method(),
            path = %observed.path(),
            query = query.as_deref().map(tracing::field::display),
            route = observed.route().map(tracing::field::display),
            status = self.status.map(|status| status.as_u16()),
            bytes = self.bytes,
            duration_ms = (elapsed * 1000.0).round() / 1000.0,
            headers = self.headers.as_deref(),
            aborted = (!self.is_complete).then_some(true),
            request_id = %observed.id(),
        );
    }
}
