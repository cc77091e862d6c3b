use std::{
    convert::Infallible,
    time::{Duration, SystemTime},
};

use axum::extract::FromRequestParts;
use http::{HeaderMap, StatusCode, header, request::Parts};

use super::{Etag, etag::EtagList, http_date};
use crate::{Problem, Result};

/// On what condition the client wants its change made: `If-Match`, `If-Unmodified-Since`, `If-None-Match`
/// (RFC 9110 section 13). An extractor, for handlers that change something.
///
/// Two clients that have read the same state and both change it do not overwrite each other's work:
///
/// ```
/// use bff::{Result, response::{Etag, Preconditions}};
///
/// # struct Post { version: u64 }
/// # async fn post(id: u64) -> Result<Post> { Ok(Post { version: 1 }) }
/// async fn update(id: u64, preconditions: Preconditions) -> Result<()> {
///     let post = post(id).await?;
///     preconditions.check(&Etag::strong(post.version.to_string()))?;
///     // Change it, in the same transaction.
///     Ok(())
/// }
/// ```
///
/// For GET nothing is to be done: a response with an `ETag` or `Last-Modified` is compared by the router (RH-196).
#[derive(Clone, Debug, Default)]
pub struct Preconditions {
    headers: HeaderMap,
}

impl Preconditions {
    /// Holds when the state with this tag is the one that the client means, or when it does not say.
    ///
    /// # Errors
    /// 412 when the client means another one.
    pub fn check(&self, current: &Etag) -> Result<()> {
        self.decide(&Validators { etag: Some(current.clone()), ..Validators::default() })
    }

    /// As [`check`](Self::check), for a state that is known by the time of its last change.
    ///
    /// Times count in seconds, so two changes within one second look the same; a tag is better.
    ///
    /// # Errors
    /// 412 when it has changed since the client has seen it.
    pub fn check_modified(&self, last: SystemTime) -> Result<()> {
        self.decide(&Validators { last_modified: Some(last), ..Validators::default() })
    }

    /// As [`check`](Self::check), for something that does not exist yet: `If-None-Match: *` holds.
    ///
    /// # Errors
    /// 412 when the client means to change what is there.
    pub fn check_absent(&self) -> Result<()> {
        if self.headers.contains_key(header::IF_MATCH) { failed() } else { Ok(()) }
    }

    /// Refuses a client that does not say which state it means.
    ///
    /// # Errors
    /// 428 without `If-Match` and `If-Unmodified-Since` (RFC 6585 section 3).
    pub fn require(&self) -> Result<()> {
        if self.headers.contains_key(header::IF_MATCH)
            || self.headers.contains_key(header::IF_UNMODIFIED_SINCE)
        {
            return Ok(());
        }
        Err(Problem::new(StatusCode::PRECONDITION_REQUIRED).detail("If-Match is missing").into())
    }

    fn decide(&self, current: &Validators) -> Result<()> {
        let known = EtagList::from_headers(&self.headers, &header::IF_NONE_MATCH);
        let exists = known.is_some_and(|tags| tags.matches(current.etag.as_ref(), Etag::is_weakly));
        if exists || unmet(&self.headers, current) { failed() } else { Ok(()) }
    }
}

fn failed() -> Result<()> {
    Err(Problem::new(StatusCode::PRECONDITION_FAILED).into())
}

impl<S: Send + Sync> FromRequestParts<S> for Preconditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut headers = HeaderMap::new();
        for name in [header::IF_MATCH, header::IF_UNMODIFIED_SINCE, header::IF_NONE_MATCH] {
            for value in parts.headers.get_all(&name) {
                headers.append(&name, value.clone());
            }
        }
        Ok(Self { headers })
    }
}

/// By what a state is told from others.
#[derive(Debug, Default)]
pub(super) struct Validators {
    pub(super) etag: Option<Etag>,
    last_modified: Option<SystemTime>,
}

impl Validators {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self {
            etag: headers.get(header::ETAG).and_then(Etag::from_header),
            last_modified: headers.get(header::LAST_MODIFIED).and_then(http_date::parse),
        }
    }

    pub(super) fn are_known(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }

    /// True when this date is that of the state, and the second is over: until then there may be another state
    /// with the same date (section 8.8.2.2).
    pub(super) fn is_surely_of(&self, date: SystemTime) -> bool {
        self.last_modified == Some(date)
            && SystemTime::now().duration_since(date).is_ok_and(|age| age >= Duration::from_secs(1))
    }
}

/// True when the client means another state than the current one (section 13.2.2, steps 1 and 2).
pub(super) fn unmet(headers: &HeaderMap, current: &Validators) -> bool {
    match EtagList::from_headers(headers, &header::IF_MATCH) {
        Some(tags) => !tags.matches(current.etag.as_ref(), Etag::is_strongly),
        // A date that cannot be read, or a state without one, is no condition (section 13.1.4).
        None => match (date(headers, &header::IF_UNMODIFIED_SINCE), current.last_modified) {
            (Some(seen), Some(modified)) => whole(modified) > seen,
            _ => false,
        },
    }
}

/// True when the client has the current state already (section 13.2.2, steps 3 and 4).
pub(super) fn unchanged(headers: &HeaderMap, current: &Validators) -> bool {
    match EtagList::from_headers(headers, &header::IF_NONE_MATCH) {
        Some(tags) => tags.matches(current.etag.as_ref(), Etag::is_weakly),
        None => match (date(headers, &header::IF_MODIFIED_SINCE), current.last_modified) {
            (Some(seen), Some(modified)) => whole(modified) <= seen,
            _ => false,
        },
    }
}

fn date(headers: &HeaderMap, name: &http::HeaderName) -> Option<SystemTime> {
    headers.get(name).and_then(http_date::parse)
}

/// The time as a header has it: in whole seconds.
fn whole(time: SystemTime) -> SystemTime {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs())
}

#[cfg(test)]
mod tests;
