use std::fmt::{self, Write as _};

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::memory;

/// The name of one state of what is sent: an entity tag (RFC 9110 section 8.8.3, RH-196).
///
/// A client that keeps a response asks with its tag whether it is still good, and is answered 304 without a body
/// when it is; see [`ResponseExt::with_etag`](super::ResponseExt::with_etag). A client that changes something
/// says with it which state it has seen; see [`Preconditions`](super::Preconditions).
///
/// ```
/// use bff::response::Etag;
///
/// assert_eq!(Etag::strong("v7").to_string(), "\"v7\"");
/// assert_eq!(Etag::weak("v7").to_string(), "W/\"v7\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Etag {
    weak: bool,
    /// Visible ASCII without quotes, or what a client sent.
    tag: String,
}

/// What an entity tag does not hold, and `%`, so that two texts never make one tag.
const NOT_IN_A_TAG: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%');

impl Etag {
    /// Equal tags mean equal bytes: a version number, a hash.
    ///
    /// Any text will do; what a tag cannot hold is percent-encoded.
    pub fn strong(text: impl AsRef<str>) -> Self {
        Self { weak: false, tag: utf8_percent_encode(text.as_ref(), NOT_IN_A_TAG).to_string() }
    }

    /// Equal tags mean that one may stand for the other, though bytes may differ: a time of change, a count.
    /// Ranges are never sent on the word of a weak tag.
    pub fn weak(text: impl AsRef<str>) -> Self {
        Self { weak: true, ..Self::strong(text) }
    }

    /// The strong tag of these bytes: half of their SHA-256, the same on every machine.
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        let mut tag = String::with_capacity(32);
        for byte in &Sha256::digest(bytes)[..16] {
            // Writing to a string cannot fail.
            let _ = write!(tag, "{byte:02x}");
        }
        Self { weak: false, tag }
    }

    /// The tag that a header field holds; `None` when it holds none, or more than one.
    pub(crate) fn from_header(value: &HeaderValue) -> Option<Self> {
        let (tag, rest) = parse_one(trim(value.to_str().ok()?))?;
        rest.is_empty().then_some(tag)
    }

    /// The tag of the same state in another coding, of which other bytes are sent (RFC 9110 section 8.8.3.3).
    pub(crate) fn encoded(mut self, coding: &str) -> Self {
        self.tag.push('-');
        self.tag.push_str(coding);
        self
    }

    pub(crate) fn to_header(&self) -> HeaderValue {
        // The tag was made of visible ASCII.
        HeaderValue::try_from(self.to_string()).unwrap_or(HeaderValue::from_static("\"\""))
    }

    /// Same tag, and both strong (section 8.8.3.2).
    pub(crate) fn is_strongly(&self, other: &Self) -> bool {
        !self.weak && !other.weak && self.tag == other.tag
    }

    /// Same tag, strong or weak (section 8.8.3.2).
    pub(crate) fn is_weakly(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

/// The tag as it is sent.
impl fmt::Display for Etag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\"{}\"", if self.weak { "W/" } else { "" }, self.tag)
    }
}

/// What `If-Match` and `If-None-Match` hold (sections 13.1.1, 13.1.2).
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum EtagList {
    /// `*`: any state, as long as there is one.
    Any,
    /// Any of these. What cannot be read matches nothing.
    Of(Vec<Etag>),
}

impl EtagList {
    /// The list in all lines of this name; `None` without any.
    pub(crate) fn from_headers(headers: &HeaderMap, name: &HeaderName) -> Option<Self> {
        let mut tags = None;
        for value in headers.get_all(name) {
            let tags = tags.get_or_insert_with(Vec::new);
            let text = value.to_str().unwrap_or_default();
            if trim(text) == "*" {
                return Some(Self::Any);
            }
            parse_into(tags, text);
        }
        tags.map(Self::Of)
    }

    /// True when the state with this tag is meant. Without a tag of its own, a state is meant by `*` alone.
    pub(crate) fn matches(&self, current: Option<&Etag>, same: fn(&Etag, &Etag) -> bool) -> bool {
        match self {
            Self::Any => true,
            Self::Of(tags) => {
                current.is_some_and(|current| tags.iter().any(|tag| same(tag, current)))
            }
        }
    }
}

/// Reads tags separated by commas, up to the first thing that is none.
fn parse_into(tags: &mut Vec<Etag>, text: &str) {
    let separators = |c| matches!(c, ' ' | '\t' | ',');
    let mut rest = text.trim_start_matches(separators);
    while let Some((tag, after)) = parse_one(rest) {
        tags.push(tag);
        let next = after.trim_start_matches([' ', '\t']);
        if !next.starts_with(',') {
            return;
        }
        rest = next.trim_start_matches(separators);
    }
}

fn parse_one(text: &str) -> Option<(Etag, &str)> {
    let (weak, text) = match text.strip_prefix("W/") {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (tag, rest) = text.strip_prefix('"')?.split_once('"')?;
    let tag = tag.bytes().all(|byte| byte.is_ascii_graphic()).then(|| tag.to_owned())?;
    Some((Etag { weak, tag }, rest))
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The response with the tag of its body, when that is in memory. A tag that it has stays.
pub(super) fn tagged(mut response: Response) -> Response {
    if !response.headers().contains_key(header::ETAG)
        && let Some(bytes) = memory::bytes(&mut response)
    {
        response.headers_mut().insert(header::ETAG, Etag::of(&bytes).to_header());
    }
    response
}

#[cfg(test)]
mod tests;
