use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::WebhookSecretError;
use crate::{Error, Problem};

/// Why a [`Webhook`](super::Webhook) is not given to its handler; the answer to its sender.
#[derive(Debug)]
pub struct WebhookRejection(Kind);

#[derive(Debug)]
enum Kind {
    Refused(Error),
    /// Handled before: success, or the sender would go on.
    Done,
}

impl WebhookRejection {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Kind::Refused(error) => error.status(),
            Kind::Done => StatusCode::OK,
        }
    }

    pub(super) fn done() -> Self {
        Self(Kind::Done)
    }

    /// One sentence for every reason: whoever tries out signatures learns nothing from it.
    #[cold]
    pub(super) fn not_genuine() -> Self {
        Self::because(StatusCode::BAD_REQUEST, "the signature is missing or does not match")
    }

    #[cold]
    pub(super) fn not_of_now() -> Self {
        Self::because(StatusCode::BAD_REQUEST, "the time of the message is too far from now")
    }

    #[cold]
    pub(super) fn running() -> Self {
        Self::because(StatusCode::CONFLICT, "the message is being handled")
    }

    #[cold]
    pub(super) fn no_store() -> Self {
        Self::because(StatusCode::SERVICE_UNAVAILABLE, "try again later")
    }

    fn because(status: StatusCode, detail: &'static str) -> Self {
        Self(Kind::Refused(Problem::new(status).detail(detail).into()))
    }
}

impl From<Error> for WebhookRejection {
    fn from(error: Error) -> Self {
        Self(Kind::Refused(error))
    }
}

impl From<Box<Problem>> for WebhookRejection {
    fn from(problem: Box<Problem>) -> Self {
        Error::from(problem).into()
    }
}

/// 500, and the log says why.
impl From<WebhookSecretError> for WebhookRejection {
    fn from(error: WebhookSecretError) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        match self.0 {
            Kind::Refused(error) => error.into_response(),
            Kind::Done => StatusCode::OK.into_response(),
        }
    }
}
