use http::StatusCode;

use crate::{Error, Problem};

/// 404 as a value: `return Err(not_found())`, `.ok_or_else(not_found)?`.
///
/// ```
/// assert_eq!(bff::response::not_found().status(), 404);
/// ```
pub fn not_found() -> Error {
    Problem::new(StatusCode::NOT_FOUND).into()
}

/// 403 as a value: the client is known and may not do this.
///
/// ```
/// assert_eq!(bff::response::forbidden().detail("not your post").status(), 403);
/// ```
pub fn forbidden() -> Error {
    Problem::new(StatusCode::FORBIDDEN).into()
}

/// 401 as a value: the client has to say who it is.
///
/// It carries no `WWW-Authenticate`, which RFC 9110 section 15.5.2 asks of a server that uses HTTP's own
/// authentication; [`Error::challenge`] adds one (RH-217).
///
/// ```
/// use bff::response::unauthorized;
///
/// assert_eq!(unauthorized().status(), 401);
/// let error = unauthorized().challenge("Bearer realm=\"api\"");
/// ```
pub fn unauthorized() -> Error {
    Problem::new(StatusCode::UNAUTHORIZED).into()
}

/// Any other problem, as a value and as a response (RFC 9457).
///
/// ```
/// use bff::{http::StatusCode, response::problem};
///
/// let gone = problem(StatusCode::GONE).detail("the post was deleted");
/// assert_eq!(gone.status(), 410);
/// ```
pub fn problem(status: StatusCode) -> Problem {
    Problem::new(status)
}
