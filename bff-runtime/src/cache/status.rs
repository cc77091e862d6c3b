use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::kept::Reason;

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

const HIT: &str = "bff; hit";

/// What `Cache-Status` says of a response (RFC 9211).
#[derive(Clone, Copy, Debug)]
pub(super) enum Status {
    /// Its age in milliseconds.
    Hit(u64),
    /// Good for this once; for how many seconds more it is good by its age, which are less than none.
    Stale {
        age: u64,
        ttl: i64,
    },
    Stored,
    /// There was one that had been given up.
    StoredAgain,
    /// Made for another request.
    Collapsed,
    /// Not kept, when there was none, or one that had been given up.
    Passed {
        reason: Reason,
        is_first: bool,
    },
    Bypass,
}

/// Makes the places for age and status in headers that are kept: a copy that grows allocates again and hashes all of its
/// names again. The line that is ours is the last.
pub(super) fn prepare(kept: &mut HeaderMap) {
    kept.append(CACHE_STATUS, HeaderValue::from_static(HIT));
    kept.insert(header::AGE, HeaderValue::from_static("0"));
}

/// Takes the places away, for what comes from no store.
pub(super) fn remove(kept: &mut HeaderMap) {
    kept.remove(header::AGE);
    replace_last(kept, None);
}

impl Status {
    /// Fills the places of [`prepare`] in a copy.
    #[inline]
    pub(super) fn write(self, kept: &mut HeaderMap) {
        match self {
            Self::Hit(age) | Self::Stale { age, .. } => {
                if let Some(place) = kept.get_mut(header::AGE) {
                    *place = seconds(age / 1000);
                }
            }
            // RFC 9111 section 5.1: what is new is not of age 0 but of none.
            _ => drop(kept.remove(header::AGE)),
        }
        if !matches!(self, Self::Hit(_)) {
            replace_last(kept, self.value());
        }
    }

    /// Adds it to the headers of a response that is not kept.
    pub(super) fn append(self, headers: &mut HeaderMap) {
        headers.extend(self.value().map(|value| (CACHE_STATUS, value)));
    }

    fn value(self) -> Option<HeaderValue> {
        let text: Cow<'static, str> = match self {
            Self::Hit(_) => HIT.into(),
            Self::Stored => "bff; fwd=uri-miss; stored".into(),
            Self::StoredAgain => "bff; fwd=stale; stored".into(),
            Self::Collapsed => "bff; fwd=uri-miss; collapsed".into(),
            Self::Bypass => "bff; fwd=bypass".into(),
            Self::Passed { reason, is_first } => {
                let forwarded = if is_first { "uri-miss" } else { "stale" };
                format!("bff; fwd={forwarded}; detail={}", reason.as_str()).into()
            }
            Self::Stale { ttl, .. } => format!("bff; hit; ttl={ttl}; detail=stale").into(),
        };
        // ASCII.
        HeaderValue::from_str(&text).ok()
    }
}

/// A number of seconds, without an allocation as long as it is short.
fn seconds(seconds: u64) -> HeaderValue {
    static NUMBERS: [[u8; 3]; 1000] = {
        let mut numbers = [*b"000"; 1000];
        let mut number = 0;
        while number < numbers.len() {
            let digits = &mut numbers[number];
            digits[0] += (number / 100) as u8;
            digits[1] += (number / 10 % 10) as u8;
            digits[2] += (number % 10) as u8;
            number += 1;
        }
        numbers
    };
    let leading = match seconds {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let number = usize::try_from(seconds).ok().and_then(|seconds| NUMBERS.get(seconds));
    number
        .map(|digits| Bytes::from_static(&digits[leading..]))
        .and_then(|text| HeaderValue::from_maybe_shared(text).ok())
        .unwrap_or_else(|| HeaderValue::from(seconds))
}

/// Puts another line in place of ours; those of the handler stay before it.
#[cold]
fn replace_last(headers: &mut HeaderMap, line: Option<HeaderValue>) {
    let lines: Vec<HeaderValue> = headers.get_all(CACHE_STATUS).iter().cloned().collect();
    headers.remove(CACHE_STATUS);
    let others = lines.len().saturating_sub(1);
    for line in lines.into_iter().take(others).chain(line) {
        headers.append(CACHE_STATUS, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_253_an_age_is_a_number_of_seconds() {
        for (age, text) in
            [(0, "0"), (7, "7"), (10, "10"), (99, "99"), (100, "100"), (999, "999"), (1000, "1000")]
        {
            assert_eq!(seconds(age), text);
        }
        assert_eq!(seconds(u64::MAX), u64::MAX.to_string().as_str());
    }
}
