//! Sessions as arguments.

use std::pin::Pin;

use axum::extract::FromRequestParts;
use http::request::Parts;

use super::{Session, Sessions, session::Current};
use crate::{
    cookies::{Cookies, sole_cookie_value},
    error::{Error, Result},
    rate_limit::Who,
    scope,
};

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let Some(scope) = scope::current() else {
            return Err(Error::msg(
                "`Session` was extracted outside of a handler of the app folder, where nothing sends its cookie",
            ));
        };
        if let Some(session) = scope.session.get() {
            return Ok(session.clone());
        }
        let sessions = Sessions::of(&parts.extensions)?;
        let current = current(parts, &sessions).await?;
        let cookies = scope.cookies.get_or_init(|| Cookies::from_headers(&parts.headers)).clone();
        let session = Self::new(sessions, cookies, current);
        session.renew().await;
        Ok(scope.session.get_or_init(|| session).clone())
    }
}

/// On a request: its session, once it was looked up. The proxy, a limit and the handler ask one after another, and the
/// store is asked once.
#[derive(Clone)]
struct Seen {
    /// The value of the cookie. The proxy may have changed it since.
    value: String,
    current: Current,
}

/// The session of a request; none for a cookie that is none's.
///
/// Such a cookie is not deleted. The answer to a request that was sent with it before a login may arrive after the
/// login's, and would delete the new one.
async fn current(parts: &mut Parts, sessions: &Sessions) -> Result<Current> {
    // Of several cookies of this name some were set by another host or for another path: an attacker's, perhaps, who
    // wants the client to use their session (class 20: tossing). With `__Host-` there is one at most.
    let Some(value) = sole_cookie_value(&parts.headers, sessions.name()) else {
        return Ok(Current::default());
    };
    match parts.extensions.get::<Seen>() {
        Some(seen) if seen.value == value => Ok(seen.current.clone()),
        _ => {
            let current = Current::new(sessions.open(&value).await?);
            parts.extensions.insert(Seen { value, current: current.clone() });
            Ok(current)
        }
    }
}

/// Whose session it is, or which, for a limit that goes by that. Nobody when there is no session, and also when that
/// cannot be known. Nothing is renewed by it.
pub(crate) fn identify(
    parts: &mut Parts,
    who: Who,
) -> Pin<Box<dyn Future<Output = Option<String>> + Send + '_>> {
    Box::pin(async move {
        let sessions = Sessions::of(&parts.extensions).ok()?;
        let current = current(parts, &sessions).await.ok()?;
        match who {
            Who::User => current.user().map(|user| user.as_ref().to_owned()),
            Who::Session => current.lock().as_ref().map(|kept| kept.id.to_text()),
        }
    })
}
