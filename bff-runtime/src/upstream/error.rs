use std::{error::Error as StdError, fmt};

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::{Error, Problem, env::VarError};

type Source = Box<dyn StdError + Send + Sync>;

/// An [`Upstream`](super::Upstream) whose declaration gives no destination. The text names the variable and never
/// its value.
///
/// ```
/// use bff::upstream::Upstream;
///
/// let error = Upstream::from_env("NO_SUCH_URL").check().unwrap_err();
/// assert_eq!(error.to_string(), "environment variable `NO_SUCH_URL` is not set");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndeclaredError(Undeclared);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Undeclared {
    Variable(VarError),
    Url { name: Option<&'static str>, reason: &'static str },
}

impl UndeclaredError {
    pub(super) fn variable(error: VarError) -> Self {
        Self(Undeclared::Variable(error))
    }

    pub(super) fn url(name: Option<&'static str>, reason: &'static str) -> Self {
        Self(Undeclared::Url { name, reason })
    }
}

impl fmt::Display for UndeclaredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Undeclared::Variable(error) => error.fmt(f),
            Undeclared::Url { name: Some(name), reason } => {
                write!(f, "the URL in the environment variable `{name}` {reason}")
            }
            Undeclared::Url { name: None, reason } => write!(f, "the URL of an upstream {reason}"),
        }
    }
}

impl StdError for UndeclaredError {}

/// Why an upstream gave no answer, or none that is of use.
///
/// With `?` in a handler it becomes the response of its [`status`](Self::status): a problem document that names
/// neither the upstream nor the reason, which are in the log. That is why, like [`bff::Error`](crate::Error), it
/// does not implement [`std::error::Error`].
pub struct UpstreamError(Box<Inner>);

struct Inner {
    kind: Kind,
    /// How the upstream is declared; for the log.
    upstream: String,
    source: Option<Source>,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Undeclared,
    /// The request cannot be passed on.
    Request(StatusCode, &'static str),
    Loop,
    Connect,
    ConnectTimeout,
    /// The connection broke, or what came is not HTTP.
    Broken,
    HeadTimeout,
    IdleTimeout,
    /// The time for a whole exchange was up.
    Timeout,
    /// An answer that cannot be relayed or used.
    Unusable(&'static str),
    Status(StatusCode),
    TooLarge,
    Json,
}

impl UpstreamError {
    pub(super) fn new(kind: Kind, upstream: &impl fmt::Display) -> Self {
        Self(Box::new(Inner { kind, upstream: upstream.to_string(), source: None }))
    }

    pub(super) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The status of the response that this error becomes: 504 when the upstream took too long, 502 for every
    /// other failure of its own (RW-34, PX-77), 508 when a request has come back to this app (RW-39), 400 or 413
    /// for a request that cannot be passed on, 500 for an upstream that is not declared.
    pub fn status(&self) -> StatusCode {
        match self.0.kind {
            Kind::Undeclared => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::Request(status, _) => status,
            Kind::Loop => StatusCode::LOOP_DETECTED,
            Kind::ConnectTimeout | Kind::HeadTimeout | Kind::IdleTimeout | Kind::Timeout => {
                StatusCode::GATEWAY_TIMEOUT
            }
            Kind::Connect
            | Kind::Broken
            | Kind::Unusable(_)
            | Kind::Status(_)
            | Kind::TooLarge
            | Kind::Json => StatusCode::BAD_GATEWAY,
        }
    }

    /// Whether the upstream took too long.
    pub fn is_timeout(&self) -> bool {
        self.status() == StatusCode::GATEWAY_TIMEOUT
    }

    /// Whether there was no connection to the upstream, so that it has seen nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::ConnectTimeout)
    }

    /// The status that the upstream answered with, when that is the failure.
    pub fn upstream_status(&self) -> Option<StatusCode> {
        match self.0.kind {
            Kind::Status(status) => Some(status),
            _ => None,
        }
    }

    pub(super) fn log(&self) {
        let cause = self.0.source.as_deref().map(chain);
        let (upstream, cause) = (&*self.0.upstream, cause.as_deref());
        if self.status().is_client_error() {
            // Anybody can cause these, so they must not fill the log.
            tracing::debug!(upstream, cause, "a request is not passed on: {self}");
        } else {
            tracing::warn!(upstream, cause, "an upstream failed: {self}");
        }
    }
}

fn chain(error: &(dyn StdError + Send + Sync + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl From<UndeclaredError> for UpstreamError {
    fn from(error: UndeclaredError) -> Self {
        Self::new(Kind::Undeclared, &"undeclared").with_source(error)
    }
}

impl From<UpstreamError> for Error {
    fn from(error: UpstreamError) -> Self {
        if let (Kind::Undeclared, Some(source)) = (error.0.kind, &error.0.source) {
            return Self::msg(source);
        }
        error.log();
        Problem::new(error.status()).into()
    }
}

impl IntoResponse for UpstreamError {
    fn into_response(self) -> Response {
        Error::from(self).into_response()
    }
}

/// Without the upstream and the cause, as it may be shown to anybody.
impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind {
            Kind::Undeclared => "the upstream is not declared",
            Kind::Request(_, reason) | Kind::Unusable(reason) => reason,
            Kind::Loop => "the request has come back to where it was forwarded",
            Kind::Connect => "there is no connection to the upstream",
            Kind::ConnectTimeout => "connecting to the upstream took too long",
            Kind::Broken => "the exchange with the upstream broke off",
            Kind::HeadTimeout => "the upstream did not answer in time",
            Kind::IdleTimeout => "the upstream stopped within its answer",
            Kind::Timeout => "the time for the upstream's answer was up",
            Kind::Status(status) => {
                return write!(f, "the upstream answered {}", status.as_u16());
            }
            Kind::TooLarge => "the answer of the upstream is too large",
            Kind::Json => "the answer of the upstream is not the JSON expected",
        })
    }
}

impl fmt::Debug for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpstreamError")
            .field("kind", &self.0.kind)
            .field("upstream", &self.0.upstream)
            .field("source", &self.0.source)
            .finish()
    }
}
