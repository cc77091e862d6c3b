use std::panic::Location;

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{
    Etag, disposition, etag, memory, ranges::allow_ranges, source::Source, status::broken_rule,
};
use crate::{
    Problem,
    cookies::{Cookie, ResponseCookiesExt},
    error::{Error, failure, is_failure},
    request_id::RequestId,
};

/// Builds on a response: on any value that is one, a string, a [`Json`](crate::Json), a `Response`.
///
/// ```
/// use bff::{http::StatusCode, response::{ResponseExt, text}};
///
/// let response = text("slow down")
///     .with_status(StatusCode::TOO_MANY_REQUESTS)
///     .with_header("retry-after", "5")
///     .with_cache_control("no-store");
/// assert_eq!(response.status(), 429);
/// ```
///
/// The names begin with `with_`, because a plain `.status(code)` would hide the `.status()` that responses and
/// problems have.
///
/// # Errors
/// What HTTP cannot express is a mistake of the program. It does not panic and nothing of it is sent: the
/// response becomes a problem with status 500, and the log names the line (RH-079). A response that is such a
/// problem already, a value that could not be serialized included, stays one: nothing that is called on it
/// afterwards makes it look like a success, or lets a cache keep it.
pub trait ResponseExt: IntoResponse + Sized {
    /// Sets the status.
    ///
    /// A problem keeps its own, because its document names it.
    ///
    /// # Errors
    /// 500 for a status that ends no exchange (1xx, above 599), and for 204, 205 and 304 with a body (RH-194).
    #[must_use]
    #[track_caller]
    fn with_status(self, status: StatusCode) -> Response {
        let mut response = self.into_response();
        if response.extensions().get::<Problem>().is_some() {
            return response;
        }
        *response.status_mut() = status;
        if let Some(rule) = broken_rule(&response) {
            return refused(rule, None, Location::caller());
        }
        if matches!(status.as_u16(), 204 | 205 | 304) {
            // What there is not, has no type (RH-194).
            response.headers_mut().remove(header::CONTENT_TYPE);
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        response
    }

    /// Sets a header, in place of any of that name.
    ///
    /// A value is visible ASCII (RH-151). What may hold anything else is encoded first: a location with
    /// percents, a file name as [`with_download`](Self::with_download) does it.
    ///
    /// # Errors
    /// 500 for a name that is no token, and for a value with a line break, a control character or a letter
    /// beyond ASCII (RFC 9110 section 5.5).
    #[must_use]
    #[track_caller]
    fn with_header(
        self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) -> Response {
        written(self.into_response(), name, value, Location::caller(), |headers, name, value| {
            headers.insert(name, value);
        })
    }

    /// Adds a header, beside any of that name: `Set-Cookie`, `Link`, `Vary`.
    ///
    /// # Errors
    /// As [`with_header`](Self::with_header).
    #[must_use]
    #[track_caller]
    fn with_appended_header(
        self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) -> Response {
        written(self.into_response(), name, value, Location::caller(), |headers, name, value| {
            headers.append(name, value);
        })
    }

    /// Says what the body is: `"application/vnd.api+json"` (RH-188).
    ///
    /// # Errors
    /// As [`with_header`](Self::with_header).
    #[must_use]
    #[track_caller]
    fn with_content_type(self, value: impl TryInto<HeaderValue>) -> Response {
        self.with_header(header::CONTENT_TYPE, value)
    }

    /// Says who may keep the response, and for how long: `"public, max-age=60"` (RFC 9111 section 5.2).
    ///
    /// # Errors
    /// As [`with_header`](Self::with_header).
    #[must_use]
    #[track_caller]
    fn with_cache_control(self, value: impl TryInto<HeaderValue>) -> Response {
        self.with_header(header::CACHE_CONTROL, value)
    }

    /// Sets a cookie; one of the same name, path and domain that the response sets already is replaced.
    ///
    /// ```
    /// use bff::{cookies::Cookie, response::{ResponseExt, text}};
    ///
    /// let response = text("hello").with_cookie(Cookie::new("theme", "dark")?);
    /// assert_eq!(response.headers()["set-cookie"], "theme=dark; Path=/");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    ///
    /// In a handler [`Cookies`](crate::cookies::Cookies) also reads what the client sent.
    #[must_use]
    fn with_cookie(self, cookie: Cookie) -> Response {
        let mut response = self.into_response();
        if !is_failure(&response) {
            response.cookies_mut().set(cookie);
        }
        response
    }

    /// Has a browser save the body under this name instead of showing it (RH-412, RFC 6266).
    ///
    /// Any name will do, a user's too: see [`File::download`](super::File::download).
    #[must_use]
    fn with_download(self, name: &str) -> Response {
        let mut response = self.into_response();
        if !is_failure(&response) {
            response
                .headers_mut()
                .insert(header::CONTENT_DISPOSITION, disposition::attachment(name));
        }
        response
    }

    /// Names the state of what is sent (RH-196). A GET or HEAD of a client that has this state is answered 304
    /// by the router.
    #[must_use]
    fn with_etag(self, etag: Etag) -> Response {
        let mut response = self.into_response();
        if !is_failure(&response) {
            response.headers_mut().insert(header::ETAG, etag.to_header());
        }
        response
    }

    /// Computes the [`Etag`] from the body, when the body is in memory (RH-196).
    ///
    /// A body that is still to be made, such as a stream, stays without one.
    #[must_use]
    fn with_body_etag(self) -> Response {
        let response = self.into_response();
        if is_failure(&response) { response } else { etag::tagged(response) }
    }

    /// Lets clients ask for ranges of the body, when the body is in memory (RH-197): 206, or 416 when there are
    /// no such bytes. A [`file`](super::file()) does so by itself.
    ///
    /// Give it an [`Etag`] as well: ranges of two states make no whole.
    #[must_use]
    fn with_ranges(self) -> Response {
        let mut response = self.into_response();
        if !is_failure(&response)
            && let Some(bytes) = memory::bytes(&mut response)
        {
            allow_ranges(&mut response, Source::Memory(bytes));
        }
        response
    }
}

impl<T: IntoResponse> ResponseExt for T {}

fn written(
    mut response: Response,
    name: impl TryInto<HeaderName>,
    value: impl TryInto<HeaderValue>,
    place: &Location<'_>,
    write: impl FnOnce(&mut HeaderMap, HeaderName, HeaderValue),
) -> Response {
    if is_failure(&response) {
        return response;
    }
    let Ok(name) = name.try_into() else {
        return refused("the name of a header is a token", None, place);
    };
    match value.try_into() {
        // `HeaderValue` lets bytes above 127 pass, and every client reads them its own way (RH-151).
        Ok(value) if value.to_str().is_ok() => {
            write(response.headers_mut(), name, value);
            response
        }
        _ => refused("the value of a header is visible ASCII", Some(name), place),
    }
}

/// The answer instead. The value is not logged: it may be secret, and it is what may break the log's lines.
#[cold]
fn refused(rule: &'static str, header: Option<HeaderName>, place: &Location<'_>) -> Response {
    let request_id = RequestId::to_log().map(tracing::field::display);
    let header = header.as_ref().map(HeaderName::as_str);
    tracing::error!(request_id, %place, header, "not a response: {rule}");
    failure(Error::msg(format_args!("not a response: {rule}")))
}

#[cfg(test)]
mod tests;
