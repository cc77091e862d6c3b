//! The header fields of draft-ietf-httpapi-ratelimit-headers-11 (May 2026), `RateLimit-Policy` and `RateLimit`.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::{RateLimit, State};

pub(crate) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
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

/// What stands before the numbers of an item of `RateLimit`: `"default";r=`.
pub(super) fn label(name: &str) -> String {
    format!("\"{name}\";r=")
}

/// `RateLimit` (section 4): `"default";r=42;t=17`.
///
/// On every response, so without the machinery of formatting, and in one allocation of just its size.
pub(super) fn limit<'a>(
    items: impl Iterator<Item = (&'a str, State)> + Clone,
) -> Option<HeaderValue> {
    let length = |(label, State { remaining, seconds }): (&str, State)| {
        SEPARATOR.len() + label.len() + digits(remaining) + TIME.len() + digits(seconds)
    };
    let length = items.clone().map(length).sum::<usize>().saturating_sub(SEPARATOR.len());
    let mut text = Vec::with_capacity(length);
    for (label, State { remaining, seconds }) in items {
        if !text.is_empty() {
            text.extend_from_slice(SEPARATOR);
        }
        text.extend_from_slice(label.as_bytes());
        text.extend_from_slice(itoa::Buffer::new().format(remaining).as_bytes());
        text.extend_from_slice(TIME);
        text.extend_from_slice(itoa::Buffer::new().format(seconds).as_bytes());
    }
    if text.is_empty() { None } else { HeaderValue::from_maybe_shared(Bytes::from(text)).ok() }
}

const SEPARATOR: &[u8] = b", ";
const TIME: &[u8] = b";t=";

fn digits(number: u32) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
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
        let label = |&(name, state): &(&str, State)| (label(name), state);
        for (states, expected) in [
            (&[][..], None),
            (&[("default", state(0, 1))][..], Some("\"default\";r=0;t=1")),
            (
                &[("a", state(10, 907)), ("b", state(u32::MAX, 60))],
                Some("\"a\";r=10;t=907, \"b\";r=4294967295;t=60"),
            ),
        ] {
            let states: Vec<_> = states.iter().map(label).collect();
            let value = limit(states.iter().map(|(label, state)| (&**label, *state)));
            assert_eq!(value.as_ref().map(|value| value.to_str().unwrap()), expected);
        }
    }
}
