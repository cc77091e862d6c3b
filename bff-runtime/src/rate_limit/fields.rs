//! The header fields of draft-ietf-httpapi-ratelimit-headers-11 (May 2026), `RateLimit-Policy` and `RateLimit`.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::{RateLimit, State};

pub(super) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
pub(super) const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Room for an item with a short name.
const ITEM: usize = 40;

/// What limits are called, each by a name of its own: `default`, `default-2`, … where they have none.
pub(super) fn names(limits: &[&'static RateLimit]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for limit in limits {
        let wanted = limit.name.unwrap_or("default");
        let mut name = wanted.to_owned();
        let mut number = 1;
        while names.contains(&name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        names.push(name);
    }
    names
}

/// `RateLimit-Policy` (section 3): `"default";q=100;w=60`, with how many at once where that is another number (the
/// draft leaves parameters with a prefix to everybody).
pub(super) fn policy(limits: &[(&str, &RateLimit)]) -> Option<HeaderValue> {
    let mut text = String::with_capacity(limits.len() * ITEM);
    for (name, RateLimit { count, seconds, burst, .. }) in limits {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}\"{name}\";q={count};w={seconds}");
        if burst != count {
            let _ = write!(text, ";bff-burst={burst}");
        }
    }
    value(text)
}

/// `RateLimit` (section 4): `"default";r=42;t=17`.
pub(super) fn limit<'a>(
    states: impl ExactSizeIterator<Item = (&'a str, State)>,
) -> Option<HeaderValue> {
    let mut text = String::with_capacity(states.len() * ITEM);
    for (name, State { remaining, seconds }) in states {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}\"{name}\";r={remaining};t={seconds}");
    }
    value(text)
}

/// Names are printable ASCII; the build has seen to it.
fn value(text: String) -> Option<HeaderValue> {
    if text.is_empty() { None } else { HeaderValue::from_maybe_shared(Bytes::from(text)).ok() }
}
