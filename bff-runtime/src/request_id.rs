//! [`RequestId`]: one name for a request in every log, of this server and of those around it.

use std::{convert::Infallible, fmt, sync::Arc};

use axum::extract::{FromRequestParts, Request};
use http::{HeaderMap, HeaderName, HeaderValue, request::Parts};
use uuid::{NoContext, Timestamp, Uuid};

use crate::{
    observe,
    scope::{self, Scope},
};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a log should have to bear.
const LONGEST: usize = 128;

/// The id of the request: what `x-request-id` says, or else a new one.
///
/// ```
/// use bff::request_id::RequestId;
///
/// async fn order(id: RequestId) -> &'static str {
///     tracing::info!(request_id = %id, "an order comes in");
///     "thanks"
/// }
/// ```
///
/// It is the same wherever it is asked for within one request. The response of a handler that asked for it, in
/// an argument, carries it as `x-request-id`, unless the handler has set that header itself; so do a problem or
/// a panic after that. A request that nobody asks about gets none, unless its handler fails: then the log, the problem
/// (`request_id`) and the header have one, so that a user can tell which line of the log is about theirs. When nothing
/// has asked before, neither a handler nor an access log nor `on_request_error`, that one is new: what the client sent is
/// gone with the request.
///
/// A header is taken when it stands there once and is a token of 1 to 128 of the characters
/// `A-Z a-z 0-9 - _ . : + / =`, so it cannot break out of a line of a log. Otherwise the id is a UUID of version 7
/// (RFC 9562 section 5.7): unique, and in the order of time.
///
/// Whoever sends the request can choose the id. It is unique only where a proxy in front sets it, and it proves
/// nothing: never look anything up by it that the client might not see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id as text.
    ///
    /// ```
    /// # use bff::request_id::RequestId;
    /// async fn show(id: RequestId) -> String {
    ///     id.as_str().to_owned()
    /// }
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a request, kept in it for whoever asks later.
    pub(crate) fn of_request(request: &mut Request) -> Self {
        if let Some(id) = request.extensions().get::<Self>() {
            return id.clone();
        }
        let id = Self::of(request.headers());
        request.extensions_mut().insert(id.clone());
        id
    }

    fn of(headers: &HeaderMap) -> Self {
        let mut sent = headers.get_all(X_REQUEST_ID).iter();
        match (sent.next().and_then(acceptable), sent.next()) {
            (Some(id), None) => Self(id.into()),
            _ => Self::new(),
        }
    }

    fn new() -> Self {
        Self(Uuid::new_v7(Timestamp::now(NoContext)).to_string().into())
    }

    /// The id under which the failure of a request is logged, and its client told of it: a failure has one, whether or
    /// not anybody has asked (security.md row 60).
    #[cold]
    pub(crate) fn of_failure(scope: &Scope) -> Self {
        scope.request_id.get_or_init(|| observe::request_id().unwrap_or_else(Self::new)).clone()
    }

    /// The id for a line of the log about a failure of the request that is worked on.
    #[cold]
    pub(crate) fn to_log() -> Option<Self> {
        let of_scope = scope::current().map(|scope| Self::of_failure(&scope));
        of_scope.or_else(observe::request_id)
    }

    /// Puts the id on a response that has none.
    pub(crate) fn put_on(&self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&self.0) {
            headers.entry(X_REQUEST_ID).or_insert(value);
        }
    }
}

/// The text of a header that is fit to be an id.
fn acceptable(value: &HeaderValue) -> Option<&str> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:+/=".contains(&byte);
    let text = value.to_str().ok()?;
    ((1..=LONGEST).contains(&text.len()) && text.bytes().all(is_fit)).then_some(text)
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // Kept in the request as well, for what asks outside of the handler: a layer around the router.
        let id = match parts.extensions.get::<Self>() {
            Some(id) => id.clone(),
            None => {
                let id = Self::of(&parts.headers);
                parts.extensions.insert(id.clone());
                id
            }
        };
        Ok(scope::current().map_or_else(
            || id.clone(),
            |scope| scope.request_id.get_or_init(|| id.clone()).clone(),
        ))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The id of a request with these headers, when it is not a new one.
    fn taken(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(X_REQUEST_ID, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let id = RequestId::of(&headers);
        if values.contains(&id.as_str()) {
            return Some(id.to_string());
        }
        let uuid = Uuid::try_parse(id.as_str()).unwrap();
        assert_eq!(uuid.get_version_num(), 7);
        None
    }

    #[test]
    fn a_sane_token_is_taken_and_anything_else_replaced() {
        let longest = "x".repeat(LONGEST);
        let longer = "x".repeat(LONGEST + 1);
        for (values, is_taken) in [
            (&["7"][..], true),
            (&["0198c2a4-7bd5-7f04-8f2b-3f0f8c1d2e3a"], true),
            (&["a_b.c:d+e/f="], true),
            (&[&*longest], true),
            (&[&*longer], false),
            (&[], false),
            (&[""], false),
            (&["two words"], false),
            (&["a,b"], false),
            (&["a\tb"], false),
            (&["{{x}}"], false),
            (&["größe"], false),
            (&["a", "b"], false),
            (&["a", "a b"], false),
        ] {
            assert_eq!(taken(values).is_some(), is_taken, "{values:?}");
        }
    }

    #[test]
    fn new_ids_differ() {
        let ids: std::collections::HashSet<_> =
            (0..1000).map(|_| RequestId::of(&HeaderMap::new())).collect();
        assert_eq!(ids.len(), 1000);
    }

    #[test]
    fn the_response_keeps_an_id_of_its_own() {
        let id = RequestId("mine".into());
        let mut headers = HeaderMap::new();
        id.put_on(&mut headers);
        id.put_on(&mut headers);
        assert_eq!(headers.get_all(X_REQUEST_ID).iter().collect::<Vec<_>>(), ["mine"]);
        headers.insert(X_REQUEST_ID, HeaderValue::from_static("other"));
        id.put_on(&mut headers);
        assert_eq!(headers[X_REQUEST_ID], "other");
    }
}
