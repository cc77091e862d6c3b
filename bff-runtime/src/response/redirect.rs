use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

/// A redirect as a value: a response, and an error that leaves the handler early.
///
/// ```
/// use bff::{Result, response::redirect};
///
/// async fn dashboard(signed_in: bool) -> Result<&'static str> {
///     if !signed_in {
///         return Err(redirect("/login").into());
///     }
///     Ok("welcome")
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    status: StatusCode,
    location: Option<HeaderValue>,
}

/// 307: elsewhere for now; the method and the body stay (RFC 9110 section 15.4.8).
///
/// The location is a path of this site or a URL. Never pass on what a client sent without checking its origin:
/// a location of the client's choice is an open redirect.
pub fn redirect(location: impl AsRef<str>) -> Redirect {
    Redirect::new(StatusCode::TEMPORARY_REDIRECT, location.as_ref())
}

/// 308: elsewhere for good; the method and the body stay (RFC 9110 section 15.4.9).
pub fn permanent_redirect(location: impl AsRef<str>) -> Redirect {
    Redirect::new(StatusCode::PERMANENT_REDIRECT, location.as_ref())
}

/// 303: the answer is elsewhere, to be fetched with GET; what follows a form (RFC 9110 section 15.4.4).
pub fn see_other(location: impl AsRef<str>) -> Redirect {
    Redirect::new(StatusCode::SEE_OTHER, location.as_ref())
}

impl Redirect {
    fn new(status: StatusCode, location: &str) -> Self {
        // A URL is ASCII; a path written with other letters is encoded. Control bytes cannot get into the header.
        let location = percent_encoding::utf8_percent_encode(location, percent_encoding::CONTROLS).to_string();
        Self { status, location: HeaderValue::try_from(location).ok() }
    }

    /// 303, 307 or 308.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(location) = self.location {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}
