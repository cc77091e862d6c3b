use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;

/// The id of the last event that the browser has seen, when it connects again (WHATWG HTML, section 9.2.4).
///
/// `None` on the first connection. What it holds is the client's word, like any header.
///
/// ```
/// use bff::response::{LastEventId, SseEvent, Sse, sse};
/// use bff::IntoResponse;
/// use futures_util::stream::iter;
///
/// async fn ticks(LastEventId(last): LastEventId) -> impl IntoResponse {
///     let next = last.and_then(|id| id.parse().ok()).map_or(0, |id: u32| id + 1);
///     sse(iter(next..next + 3).map(|n| SseEvent::new(format!("tick {n}")).id(n.to_string())))
/// }
/// # use futures_util::StreamExt;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastEventId(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for LastEventId {
    type Rejection = Infallible;

    /// The header is UTF-8, which is no plain ASCII; one that is not is no id that was ever sent.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let value = parts.headers.get("last-event-id").filter(|value| !value.is_empty());
        Ok(Self(value.and_then(|value| String::from_utf8(value.as_bytes().to_vec()).ok())))
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, Request};

    use super::*;

    #[tokio::test]
    async fn rh_227_the_last_event_id_is_what_the_browser_sends() {
        for (header, expected) in [
            (None, None),
            (Some(&b"7"[..]), Some("7")),
            (Some(b""), None),
            (Some("é".as_bytes()), Some("é")),
            (Some(b"\xff"), None),
        ] {
            let mut request = Request::new(());
            if let Some(header) = header {
                request
                    .headers_mut()
                    .insert("last-event-id", HeaderValue::from_bytes(header).unwrap());
            }
            let (mut parts, ()) = request.into_parts();
            let LastEventId(id) = LastEventId::from_request_parts(&mut parts, &()).await.unwrap();
            assert_eq!(id.as_deref(), expected);
        }
    }
}
