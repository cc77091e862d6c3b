use super::Session;
use crate::error::Result;

/// Lets those pass who are signed in: the guard `user`, for routes that need no more than that.
///
/// ```
/// use bff::{Result, session::{self, Session}};
///
/// async fn invoices(session: Session) -> Result<&'static str> {
///     session::user(session).await?;
///     Ok("the invoices")
/// }
/// ```
///
/// It never redirects: where to sign in is known to whoever shows the form.
///
/// # Errors
/// As [`Session::require`]: 401 when nobody is signed in.
pub async fn user(session: Session) -> Result {
    session.require().map(drop)
}
