use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::scope;

/// What no URL holds as it stands (RFC 3986 section 2). Letters beyond ASCII are encoded as well, and control
/// bytes, so that nothing can get out of the header (RH-213). `%` stays: what is encoded already is not encoded
/// twice.
pub(crate) const NOT_IN_A_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

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
/// The location is a path of this app or a URL. A path that begins with one slash gets the prefix below which the
/// app is nested, `/dest` to `/base/dest` (RH-212); a relative one and a URL are sent as they are (RH-211).
///
/// Never pass on what a client sent: a location of the client's choice is an open redirect.
/// [`Url::callback`](crate::request::Url::callback) gives what leads nowhere else, and
/// [`Url::join`](crate::request::Url::join) refuses what would leave the site.
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
        let location = utf8_percent_encode(location, NOT_IN_A_URL).to_string();
        Self { status, location: HeaderValue::try_from(location).ok() }
    }

    /// 302: elsewhere for now. Browsers turn POST into GET; [`redirect`] and [`see_other`] say which is meant
    /// (RFC 9110 section 15.4.3).
    pub fn found(location: impl AsRef<str>) -> Self {
        Self::new(StatusCode::FOUND, location.as_ref())
    }

    /// 301: elsewhere for good. Browsers turn POST into GET, which [`permanent_redirect`] forbids (RFC 9110
    /// section 15.4.2).
    pub fn moved_permanently(location: impl AsRef<str>) -> Self {
        Self::new(StatusCode::MOVED_PERMANENTLY, location.as_ref())
    }

    /// 301, 302, 303, 307 or 308: there is no way to make one with another (RH-202, V24).
    ///
    /// ```compile_fail
    /// use bff::{http::StatusCode, response::Redirect};
    ///
    /// let wrong = Redirect { status: StatusCode::OK, location: None };
    /// ```
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(location) = self.location {
            let location = below_base_path(&location).unwrap_or(location);
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// A path of the app, which does not know where it is nested, as the client has to know it. Two slashes begin a
/// URL without a scheme (RFC 3986 section 4.2). The root loses its slash: axum's `nest` serves the bare prefix.
fn below_base_path(location: &HeaderValue) -> Option<HeaderValue> {
    let path = location.as_bytes();
    if !path.starts_with(b"/") || path.starts_with(b"//") {
        return None;
    }
    let base = scope::peek(|scope| scope.base_path.clone()).filter(|base| !base.is_empty())?;
    let path = match path {
        [b'/'] | [b'/', b'?' | b'#', ..] => &path[1..],
        path => path,
    };
    HeaderValue::from_bytes(&[base.as_bytes(), path].concat()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_207_rh_208_rh_213_the_location_is_encoded_and_stays_in_its_header() {
        for (redirect, status, location) in [
            (redirect("/dest?x=1"), 307, "/dest?x=1"),
            (permanent_redirect("https://example.com/a;b"), 308, "https://example.com/a;b"),
            (see_other("/a b/é/%20"), 303, "/a%20b/%C3%A9/%20"),
            (Redirect::found("/a"), 302, "/a"),
            (Redirect::moved_permanently("/a"), 301, "/a"),
            (redirect("/x\r\nSet-Cookie: a=b"), 307, "/x%0D%0ASet-Cookie:%20a=b"),
            (redirect("/\\evil.com"), 307, "/%5Cevil.com"),
        ] {
            let response = redirect.into_response();
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()[header::LOCATION], location);
        }
    }
}
