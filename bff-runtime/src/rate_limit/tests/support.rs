use std::{net::SocketAddr, time::Duration};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
    response::{IntoResponse as _, Response},
};
use governor::clock::FakeRelativeClock;
use http::HeaderMap;

use crate::rate_limit::{Clock, Limiter, Limiters, RateLimit, Verdict};

/// Limits live as long as the program.
pub(super) fn fixed(limit: RateLimit) -> &'static RateLimit {
    Box::leak(Box::new(limit))
}

/// Limiters, and the clock that they look at.
pub(super) fn limiters() -> (Limiters, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    (Limiters::with_clock(Clock::Fake(clock.clone())), clock)
}

/// A limiter of these limits, and its clock.
pub(super) fn limiter(limits: &[RateLimit]) -> (Limiter, FakeRelativeClock) {
    let (limiters, clock) = limiters();
    let limits: Vec<_> = limits.iter().copied().map(fixed).collect();
    (limiters.limiter(&limits).unwrap(), clock)
}

/// A request of this peer with these headers.
pub(super) fn request(peer: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = Request::get("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer = SocketAddr::new(peer.parse().unwrap(), 1234);
    request.extensions_mut().insert(ConnectInfo(peer));
    request
}

/// A request of somebody.
pub(super) fn any() -> Request {
    request("192.0.2.1", &[])
}

pub(super) fn check(limiter: &Limiter, mut request: Request) -> Verdict {
    limiter.check(&mut request).expect("nothing is waited for")
}

pub(super) fn passes(limiter: &Limiter, request: Request) -> bool {
    matches!(check(limiter, request), Verdict::Allowed(_))
}

/// How many of so many pass.
pub(super) fn allowed(limiter: &Limiter, number: usize) -> usize {
    (0..number).filter(|_| passes(limiter, any())).count()
}

/// What a response says of limits, in the order policy, state, `Retry-After`.
pub(super) fn told(headers: &HeaderMap) -> [&str; 3] {
    ["ratelimit-policy", "ratelimit", "retry-after"]
        .map(|name| headers.get(name).map_or("", |value| value.to_str().unwrap()))
}

/// The response of a verdict, 200 where the request passes.
pub(super) fn response(verdict: Verdict) -> Response {
    match verdict {
        Verdict::Allowed(allowance) => {
            let mut response = ().into_response();
            allowance.put_on(response.headers_mut());
            response
        }
        Verdict::Limited(refusal) => refusal.into_response(),
    }
}

pub(super) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
