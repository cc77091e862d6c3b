use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_cache_semantics::{CacheOptions, CachePolicy};

use crate::cache::{Keep, Life, message::Message};

/// What may be kept of an upstream's responses, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// As the upstream says, in a cache whose users are all the clients of the app (RFC 9111).
    Shared,
    /// As the upstream says, in a cache of the one for whom the request is made.
    Private,
    /// For so long, whatever the upstream says (RH-273, RH-274).
    Declared(Life),
}

/// With one of these a request wants something else than the whole of what there is.
const PARTICULAR: [HeaderName; 6] = [
    header::RANGE,
    header::IF_RANGE,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_UNMODIFIED_SINCE,
];

/// With one of these a request says itself how old an answer may be (RFC 9111 sections 5.2.1 and 5.4).
const DEMANDING: [HeaderName; 2] = [header::CACHE_CONTROL, header::PRAGMA];

/// What a 304 does not change: it has no body to describe (RFC 9111 section 3.2).
const OF_THE_BODY: [HeaderName; 4] =
    [header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::CONTENT_RANGE, header::CONTENT_TYPE];

impl Policy {
    /// Whether a request may be answered by what is kept.
    pub(super) fn takes<B>(self, request: &Request<B>) -> bool {
        let is_whole = PARTICULAR.iter().all(|name| !request.headers().contains_key(name));
        is_whole
            && match self {
                // RFC 9111 section 2: the methods that any cache understands.
                Self::Shared | Self::Private => {
                    matches!(*request.method(), Method::GET | Method::HEAD)
                        && DEMANDING.iter().all(|name| !request.headers().contains_key(name))
                }
                Self::Declared(_) => true,
            }
    }

    /// For whom a response to this request is.
    pub(super) fn keep<B>(self, request: &Request<B>, response: &Message) -> Keep {
        // One with a cookie in it is somebody's, whatever is said beside it.
        let is_for_one = response.headers.contains_key(header::SET_COOKIE);
        match self {
            Self::Declared(_) if is_for_one => Keep::Alone,
            // RH-273.
            Self::Declared(life) if response.status == StatusCode::OK => Keep::Yes(life),
            Self::Declared(_) => Keep::No,
            Self::Shared | Self::Private if is_for_one => Keep::Alone,
            Self::Shared => said(request, response, true),
            Self::Private => said(request, response, false),
        }
    }
}

/// What RFC 9111 makes of what the upstream says.
fn said<B>(request: &Request<B>, response: &Message, shared: bool) -> Keep {
    let mut head = Response::new(());
    *head.status_mut() = response.status;
    *head.headers_mut() = response.headers.clone();
    // Nothing is guessed: what says nothing of its age is asked for each time.
    let options = CacheOptions {
        shared,
        cache_heuristic: 0.0,
        immutable_min_time_to_live: Duration::ZERO,
        ..CacheOptions::default()
    };
    let now = SystemTime::now();
    let policy = CachePolicy::new_options(request, &head, now, options);
    // The key has all headers of the request, so any other `Vary` holds.
    let vary = response.headers.get_all(header::VARY).iter();
    let mut names = vary.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let varies_always = names.any(|name| name.trim_ascii() == b"*");
    if !policy.is_storable() || varies_always {
        return Keep::Alone;
    }
    let fresh = policy.time_to_live(now);
    let expire = fresh.saturating_add(while_revalidated(&response.headers));
    if expire.is_zero() && validators(response).is_empty() {
        // It may be stored, and is of no use to anybody.
        return Keep::Alone;
    }
    Keep::Yes(Life::every(fresh).at_most(expire))
}

/// Whether a status says nothing of what was asked for, but that it cannot be had just now. What was kept may be served
/// on then (RFC 9111 section 4.3.3); any other status takes its place.
pub(super) fn is_failure(status: StatusCode) -> bool {
    const LATER: [StatusCode; 2] = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    status.is_server_error() || LATER.contains(&status)
}

/// How long something may be served that is not fresh any more, while it is made anew (RFC 5861 section 3).
fn while_revalidated(headers: &HeaderMap) -> Duration {
    let values = || headers.get_all(header::CACHE_CONTROL).iter().filter_map(|it| it.to_str().ok());
    let directives = || values().flat_map(|value| value.split(',')).map(str::trim);
    let has = |name: &str| directives().any(|it| it.eq_ignore_ascii_case(name));
    // Directives that do not allow it (RFC 9111 section 4.2.4).
    if ["must-revalidate", "proxy-revalidate", "no-cache"].into_iter().any(has) {
        return Duration::ZERO;
    }
    let seconds = directives().find_map(|directive| {
        let (name, value) = directive.split_once('=')?;
        name.eq_ignore_ascii_case("stale-while-revalidate")
            .then(|| value.trim_matches('"'))?
            .parse()
            .ok()
    });
    seconds.map_or(Duration::ZERO, Duration::from_secs)
}

/// The headers that ask whether something kept has changed (RFC 9111 section 4.3.1).
pub(super) fn validators(kept: &Message) -> Vec<(HeaderName, HeaderValue)> {
    [(header::ETAG, header::IF_NONE_MATCH), (header::LAST_MODIFIED, header::IF_MODIFIED_SINCE)]
        .into_iter()
        .filter_map(|(said, asked)| Some((asked, kept.headers.get(said)?.clone())))
        .collect()
}

/// What is kept, as a 304 confirms it (RFC 9111 section 4.3.4); `None` when that is about something else.
pub(super) fn confirmed(kept: &Message, not_modified: &HeaderMap) -> Option<Message> {
    let bare =
        |tag: &HeaderValue| tag.as_bytes().strip_prefix(b"W/").unwrap_or(tag.as_bytes()).to_vec();
    let own = kept.headers.get(header::ETAG).map(bare);
    if let Some(tag) = not_modified.get(header::ETAG)
        && own.is_some_and(|own| own != bare(tag))
    {
        return None;
    }
    let mut headers = kept.headers.clone();
    for name in not_modified.keys().filter(|name| !OF_THE_BODY.contains(name)) {
        headers.remove(name);
        for value in not_modified.get_all(name) {
            headers.append(name, value.clone());
        }
    }
    // It was confirmed now, however long it has been under way before.
    if !not_modified.contains_key(header::AGE) {
        headers.remove(header::AGE);
    }
    Some(Message { status: kept.status, headers, body: kept.body.clone() })
}

#[cfg(test)]
mod tests;
