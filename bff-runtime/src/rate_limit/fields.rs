//! The header fields of draft-ietf-httpapi-ratelimit-headers-11 (May 2026), `RateLimit-Policy` and `RateLimit`.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use smallvec::SmallVec;

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
    // On every response, so without the machinery of formatting.
    let mut text: SmallVec<[u8; 2 * ITEM]> = SmallVec::new();
    for (name, State { remaining, seconds }) in states {
        let before = if text.is_empty() { &b"\""[..] } else { b", \"" };
        text.extend_from_slice(before);
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b"\";r=");
        push_number(&mut text, remaining);
        text.extend_from_slice(b";t=");
        push_number(&mut text, seconds);
    }
    if text.is_empty() { None } else { HeaderValue::from_bytes(&text).ok() }
}

fn push_number(text: &mut SmallVec<[u8; 2 * ITEM]>, number: u32) {
    let mut digits = [b'0'; 10];
    let (mut at, mut left) = (digits.len(), number);
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[at..]);
}

/// Names are printable ASCII; the build has seen to it.
fn value(text: String) -> Option<HeaderValue> {
    if text.is_empty() { None } else { HeaderValue::from_maybe_shared(Bytes::from(text)).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_a_list_of_items() {
        let state = |remaining, seconds| State { remaining, seconds };
        for (states, expected) in [
            (&[][..], None),
            (&[("default", state(0, 1))][..], Some("\"default\";r=0;t=1")),
            (
                &[("a", state(10, 907)), ("b", state(u32::MAX, 60))],
                Some("\"a\";r=10;t=907, \"b\";r=4294967295;t=60"),
            ),
        ] {
            let value = limit(states.iter().copied());
            assert_eq!(value.as_ref().map(|value| value.to_str().unwrap()), expected);
        }
    }
}
