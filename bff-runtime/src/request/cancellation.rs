use std::fmt;

use axum::extract::FromRequestParts;
use http::{StatusCode, request::Parts};
use tokio_util::sync::CancellationToken;

use crate::{Problem, scope};

/// Tells when the client has left before its response was finished (RH-092).
///
/// A handler needs none for itself: when the client leaves, the handler's future is dropped at its next
/// `.await`, and a body that is being sent is dropped as well (RH-233). It is for work that the handler has given
/// away, to a task or to a thread:
///
/// ```
/// use bff::{axum::extract::Json, request::Cancellation};
///
/// async fn primes(cancellation: Cancellation) -> Json<Vec<u32>> {
///     let search = move || {
///         let candidates = (2..10_000).take_while(|_| !cancellation.is_cancelled());
///         candidates.filter(|n| (2..*n).all(|divisor| n % divisor != 0)).collect()
///     };
///     Json(tokio::task::spawn_blocking(search).await.unwrap_or_default())
/// }
/// ```
///
/// It is cancelled when the handler's future or the response's body is dropped before its end, by a timeout for
/// example, and never after a normal end.
///
/// # Errors
/// 500 outside of a handler of an app: a middleware has its own future to drop.
#[derive(Clone)]
pub struct Cancellation(CancellationToken);

impl Cancellation {
    /// Whether the client has left.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Completes when the client leaves, and never otherwise.
    pub async fn cancelled(&self) {
        self.0.cancelled().await;
    }
}

impl<S: Sync> FromRequestParts<S> for Cancellation {
    type Rejection = Problem;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Problem> {
        match scope::current() {
            Some(scope) => Ok(Self(scope.ending.token())),
            None => {
                tracing::error!("`Cancellation` is an argument of handlers only");
                Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR))
            }
        }
    }
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancellation").field(&self.is_cancelled()).finish()
    }
}
