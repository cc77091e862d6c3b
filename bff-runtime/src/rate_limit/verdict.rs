use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use smallvec::SmallVec;

use super::{
    Limiter, RateLimit,
    fields::{self, RATE_LIMIT, RATE_LIMIT_POLICY},
};
use crate::Problem;

const NANOS: u64 = 1_000_000_000;

/// When a client may ask again that was refused because nobody can count. Redis that comes back is noticed within that.
const OUTAGE_SECONDS: u32 = 2;

/// What the limits say of a request.
#[derive(Debug)]
pub enum Verdict {
    /// It may pass.
    Allowed(Allowance),
    /// It may not.
    Limited(Refusal),
}

/// What a client has left under one limit: `r` and `t` of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// So many units.
    pub(super) remaining: u32,
    /// What is there may be used up within so many seconds (section 4.1.2).
    pub(super) seconds: u32,
}

/// One for each limit that is told of.
pub(super) type States = SmallVec<[State; 4]>;

impl State {
    /// When so much is left.
    ///
    /// The window is the time in which as much comes back. So the ratio of the two is the rate of the limit, which
    /// section 6 asks for, and a client that keeps to it is never refused. What is too little for a request is told with
    /// the time until it is enough.
    pub(super) fn after(limit: &RateLimit, remaining: u32) -> Self {
        let units = if remaining < limit.cost { limit.cost - remaining } else { remaining };
        Self { remaining, seconds: seconds(u64::from(units).saturating_mul(limit.interval())) }
    }

    /// When a request was refused that could pass after `wait` nanoseconds.
    pub(super) fn refused(limit: &RateLimit, wait: u64) -> Self {
        let missing = wait.div_ceil(limit.interval());
        let missing = u32::try_from(missing).unwrap_or(u32::MAX);
        Self { remaining: limit.cost.saturating_sub(missing), seconds: seconds(wait) }
    }
}

/// Whole seconds, at least one: who waits for less would come too early.
fn seconds(nanos: u64) -> u32 {
    u32::try_from(nanos.div_ceil(NANOS)).unwrap_or(u32::MAX).max(1)
}

/// A request that passes, with what its response says of its limits. Nothing is written before it is put there.
#[derive(Debug)]
pub struct Allowance {
    limiter: Limiter,
    /// Of the limits that are no dry run; empty when nobody could count.
    states: States,
}

impl Allowance {
    pub(super) fn new(limiter: Limiter, states: States) -> Self {
        Self { limiter, states }
    }

    /// Puts `RateLimit-Policy` and `RateLimit` on a response, beside those of an upstream: they are lists.
    pub fn put_on(&self, headers: &mut HeaderMap) {
        if self.states.is_empty() {
            return;
        }
        if let Some(policy) = self.limiter.policy_field() {
            headers.append(RATE_LIMIT_POLICY, policy.clone());
        }
        if let Some(limit) = self.field() {
            headers.append(RATE_LIMIT, limit);
        }
    }

    /// `RateLimit`; `None` when nothing is said.
    pub(crate) fn field(&self) -> Option<HeaderValue> {
        fields::limit(self.limiter.labels().zip(self.states.iter().copied()))
    }
}

/// A request that is refused.
#[derive(Debug)]
pub struct Refusal {
    limiter: Limiter,
    /// Which of its limits is the reason.
    index: usize,
    /// `None` when nobody could count.
    state: Option<State>,
}

impl Refusal {
    pub(super) fn limited(limiter: Limiter, index: usize, state: State) -> Self {
        Self { limiter, index, state: Some(state) }
    }

    #[cfg(feature = "redis")]
    pub(super) fn uncounted(limiter: Limiter, index: usize) -> Self {
        Self { limiter, index, state: None }
    }
}

/// 429 with the problem type `quota-exceeded` (section 5.1), or 503 with `temporary-reduced-capacity` (section 5.2).
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let name = self.limiter.name(self.index);
        let label = fields::label(name);
        let (problem, retry_after) = match self.state {
            Some(state) => {
                let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS)
                    .kind("https://iana.org/assignments/http-problem-types#quota-exceeded")
                    .title("Request cannot be satisfied as assigned quota has been exceeded");
                (problem, state.seconds)
            }
            None => {
                let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE)
                    .kind("https://iana.org/assignments/http-problem-types#temporary-reduced-capacity")
                    .title("Request cannot be satisfied due to temporary server capacity constraints");
                (problem, OUTAGE_SECONDS)
            }
        };
        let mut problem = problem
            .with("violated-policies", vec![name])
            .header(header::RETRY_AFTER, HeaderValue::from(retry_after));
        if let Some(state) = self.state {
            if let Some(policy) = self.limiter.policy_field() {
                problem = problem.header(RATE_LIMIT_POLICY, policy.clone());
            }
            // No window ends after `Retry-After` (section 6), so the other limits are not told of.
            if let Some(limit) = fields::limit([(&*label, state)].into_iter()) {
                problem = problem.header(RATE_LIMIT, limit);
            }
        }
        problem.into_response()
    }
}
