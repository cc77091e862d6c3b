use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::{response::NOT_IN_A_URL, routing::canonical};

/// A path may not hold what would end it, either.
const NOT_IN_A_PATH: &AsciiSet = &NOT_IN_A_URL.add(b'?').add(b'#');

/// Nor may a query. In a fragment `#` is not allowed anyway.
const NOT_IN_A_QUERY: &AsciiSet = &NOT_IN_A_URL.add(b'#');

/// A path that begins with one slash and has no dot segment and no empty one: no client resolves it to anything
/// else.
pub(super) fn path(text: &str) -> String {
    let slash = if text.starts_with('/') { "" } else { "/" };
    let encoded = format!("{slash}{}", utf8_percent_encode(text, NOT_IN_A_PATH));
    canonical(&encoded).unwrap_or(encoded)
}

/// A query or a fragment.
pub(super) fn query(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, NOT_IN_A_QUERY).into()
}

/// A query and a fragment, with the marks they begin with.
pub(super) fn rest(text: &str) -> String {
    match text.split_once('#') {
        Some((before, fragment)) => format!("{}#{}", query(before), query(fragment)),
        None => query(text).into_owned(),
    }
}
