use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Entry, entry::now, kept::Reason};

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

const HIT: &str = "bff; hit";

/// What `Cache-Status` says of a response (RFC 9211).
#[derive(Clone, Copy, Debug)]
pub(super) enum Status<'a> {
    Hit(&'a Entry),
    /// Good for this once.
    Stale(&'a Entry),
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

impl Status<'_> {
    /// Fills the places of [`prepare`] in a copy.
    #[inline]
    pub(super) fn write(self, kept: &mut HeaderMap) {
        match self {
            Self::Hit(entry) | Self::Stale(entry) => {
                if let Some(age) = kept.get_mut(header::AGE) {
                    *age = HeaderValue::from(entry.age(now()) / 1000);
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
            Self::Stale(entry) => {
                format!("bff; hit; ttl={}; detail=stale", entry.remaining(now())).into()
            }
        };
        // ASCII.
        HeaderValue::from_str(&text).ok()
    }
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
