//! What a proxy changes of a request and of its response.

use http::{HeaderMap, HeaderName, HeaderValue};

/// A change of the request that the handler gets, in the order in which it was asked for.
pub(super) enum RequestEdit {
    Set(HeaderName, HeaderValue),
    Remove(HeaderName),
    /// Everything but what frames the message.
    Replace(HeaderMap),
}

/// A header for the response.
pub(super) struct ResponseEdit {
    pub(super) name: HeaderName,
    pub(super) value: HeaderValue,
    pub(super) how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Unless the handler has it.
    Default,
    /// Instead of the handler's.
    Override,
    /// Beside the handler's.
    Append,
}

/// Headers that say how a message is carried (RFC 9110 section 7.6.1, RFC 9112 section 6). Changed by hand they
/// make two readers of one message disagree about where it ends.
pub(super) fn belongs_to_the_connection(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "connection"
            | "content-length"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}
