use std::{borrow::Cow, fmt, sync::Arc};

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use super::{Problem, failure};
use crate::{request_id::RequestId, response::Redirect};

type Source = Arc<dyn std::error::Error + Send + Sync>;

/// What a handler fails with.
///
/// `?` turns any error into one: the client is answered 500 without detail, the log has all of it (RH-074). A
/// [`Problem`], the functions of [`bff::response`](crate::response) and a redirect become what they say.
///
/// ```
/// use bff::{Error, Json, Result, response::not_found};
///
/// async fn post(id: u64) -> Result<Json<String>> {
///     let text = std::fs::read_to_string("posts.txt")?; // 500, and the log says why
///     let line = text.lines().nth(id as usize).ok_or_else(not_found)?; // 404
///     Ok(Json(line.to_owned()))
/// }
/// ```
///
/// Like `anyhow::Error` it does not implement [`std::error::Error`] itself; that is what lets `?` take every
/// type that does.
pub struct Error(Box<Kind>);

#[derive(Clone)]
enum Kind {
    /// Not the client's business.
    Internal(Source),
    Problem(Problem),
    /// Leaves the handler early without being a failure (section 10 of the handler spec).
    Redirect(Redirect),
}

impl Error {
    /// An internal error (500) with this text for the log.
    pub fn msg(message: impl fmt::Display) -> Self {
        let message: Box<dyn std::error::Error + Send + Sync> = message.to_string().into();
        Self(Box::new(Kind::Internal(message.into())))
    }

    /// What the client should know beside the status. On an internal error this changes nothing: its detail is
    /// for the log.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        if let Kind::Problem(problem) = &mut *self.0 {
            *problem = problem.clone().detail(detail);
        }
        self
    }

    /// How the client can say who it is: `WWW-Authenticate`, for [`unauthorized`](crate::response::unauthorized)
    /// (RFC 9110 section 11.6.1, RH-217).
    ///
    /// What is no header value is left out, and logged. On an internal error or a redirect this changes nothing.
    #[must_use]
    pub fn challenge(mut self, challenge: impl TryInto<HeaderValue>) -> Self {
        match (&mut *self.0, challenge.try_into()) {
            (Kind::Problem(problem), Ok(challenge)) => {
                *problem = problem.clone().header(header::WWW_AUTHENTICATE, challenge);
            }
            (Kind::Problem(_), Err(_)) => {
                tracing::error!("a challenge is no header value and is left out")
            }
            (Kind::Internal(_) | Kind::Redirect(_), _) => {}
        }
        self
    }

    /// The status of the response that this error becomes.
    pub fn status(&self) -> StatusCode {
        match &*self.0 {
            Kind::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::Problem(problem) => problem.status(),
            Kind::Redirect(redirect) => redirect.status(),
        }
    }

    /// The same for everybody who waits for one result.
    pub(crate) fn share(self) -> SharedError {
        SharedError(self)
    }

    /// The error that `?` was used on, when there was one.
    pub fn source(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        match &*self.0 {
            Kind::Internal(source) => Some(&**source),
            Kind::Problem(_) | Kind::Redirect(_) => None,
        }
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self(Box::new(Kind::Internal(Arc::new(error))))
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(Box::new(Kind::Problem(problem)))
    }
}

impl From<Box<Problem>> for Error {
    fn from(problem: Box<Problem>) -> Self {
        Self::from(*problem)
    }
}

impl From<Redirect> for Error {
    fn from(redirect: Redirect) -> Self {
        Self(Box::new(Kind::Redirect(redirect)))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match *self.0 {
            Kind::Internal(source) => {
                let request_id = RequestId::to_log().map(tracing::field::display);
                tracing::error!(request_id, error = %Chain(&*source), "a handler failed");
                failure(Self(Box::new(Kind::Internal(source))))
            }
            Kind::Problem(problem) => problem.into_response(),
            Kind::Redirect(redirect) => redirect.into_response(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Internal(source) => fmt::Display::fmt(source, f),
            Kind::Problem(_) | Kind::Redirect(_) => fmt::Display::fmt(&self.status(), f),
        }
    }
}

/// The error with its causes: what `main` prints when it returns one.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Internal(source) => fmt::Display::fmt(&Chain(&**source), f),
            Kind::Problem(problem) => fmt::Debug::fmt(problem, f),
            Kind::Redirect(redirect) => fmt::Debug::fmt(redirect, f),
        }
    }
}

/// An [`Error`] that several are told.
#[derive(Debug)]
pub(crate) struct SharedError(Error);

impl Clone for SharedError {
    fn clone(&self) -> Self {
        Self(Error(self.0.0.clone()))
    }
}

impl From<SharedError> for Error {
    fn from(error: SharedError) -> Self {
        error.0
    }
}

/// An error and its causes in one line.
struct Chain<'a>(&'a (dyn std::error::Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
