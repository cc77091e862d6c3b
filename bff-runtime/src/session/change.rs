//! How a session changes: in the store and in the cookies of the response, before the method returns.

use std::sync::atomic::Ordering;

use super::{
    Session,
    record::Kept,
    session::{Inner, unauthorized},
};
use crate::error::{Error, Result};

impl Session {
    /// Writes down that the session was used, when that was last done a while ago.
    pub(super) async fn renew(&self) {
        let (sessions, before) = (&self.0.sessions, self.current());
        let Some(before) = before else { return };
        if sessions.terms().are_stale(&before.record, sessions.now()) {
            let renewed = self.put(before.clone(), Some(before)).await;
            if let Err(error) = renewed {
                // The session is good, so the request is not refused for it.
                tracing::warn!(%error, "a session was not renewed");
            }
        }
    }

    /// Under a new id a session that has ended meanwhile would come back to life.
    pub(super) async fn still_lives(&self) -> Result {
        let Some(kept) = self.current() else { return Ok(()) };
        let keeping = self.0.sessions.keeping();
        if keeping.has_ended(&kept).await? || !keeping.is_of_epoch(&kept).await? {
            *self.0.current.lock() = None;
            return Err(unauthorized());
        }
        Ok(())
    }

    /// Keeps `next` in the place of `before`, in an order in which nothing is half done: what can fail comes before
    /// what the client is told.
    pub(super) async fn put(&self, mut next: Kept, before: Option<Kept>) -> Result {
        let Inner { sessions, cookies, current, is_sent, .. } = &*self.0;
        let is_new = before.as_ref().is_none_or(|before| before.id != next.id);
        let is_too_late = cookies.is_closed();
        if is_too_late && (is_new || sessions.keeping().is_in_cookie()) {
            return Err(Error::msg(
                "a session was changed after its response had left the handler",
            ));
        }
        let cookie = if is_too_late {
            None
        } else {
            // The client has to be told of the time as well, or its cookie would end before the session.
            next.record.seen = sessions.now();
            Some(sessions.cookie_of(&next)?)
        };
        let lifetime = sessions.terms().left(&next.record);
        if is_new {
            sessions.keeping().insert(&next, lifetime).await?;
            if let Some(before) = before {
                sessions.keeping().end(&before, sessions.terms().idle).await?;
            }
        } else if !sessions.keeping().update(&next, lifetime).await? {
            *current.lock() = None;
            return Err(unauthorized());
        }
        if let Some(cookie) = cookie {
            cookies.set(cookie);
            is_sent.store(true, Ordering::Relaxed);
        }
        *current.lock() = Some(next);
        Ok(())
    }

    pub(super) async fn end(&self) -> Result {
        let Inner { sessions, cookies, current, is_sent, .. } = &*self.0;
        if !cookies.is_closed() {
            cookies.set(sessions.removal()?);
            is_sent.store(true, Ordering::Relaxed);
        }
        if let Some(kept) = self.current() {
            sessions.keeping().end(&kept, sessions.terms().idle).await?;
        }
        *current.lock() = None;
        Ok(())
    }
}
