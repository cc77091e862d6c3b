//! The numbers that bound a body, in one place. What a program may want to change is a setting: the size of a body by
//! a `body_limit` or axum's `DefaultBodyLimit`, the numbers for forms by `FormLimits`, the depth of JSON by
//! `JsonLimits`.

use std::time::Duration;

/// How long a client may send nothing while it is waited for. Every other server that was measured waits for
/// minutes or for ever.
pub(super) const STALL: Duration = Duration::from_secs(10);

/// A client that has been waited for longer than the time must have sent so many bytes for each second beyond it.
/// The first pair ends a drip of single bytes within half a minute, the second a drip that is just fast enough for
/// the first.
pub(super) const PACES: [(Duration, u64); 2] =
    [(Duration::from_secs(20), 500), (Duration::from_secs(300), 8 * 1024)];

/// Memory that is set aside for a body on the word of its `Content-Length` alone.
pub(super) const SET_ASIDE: u64 = 256 * 1024;

/// Arrays and objects of JSON in each other. What people write is not ten levels deep.
pub(super) const DEPTH: usize = 64;

/// What serde_json can read.
pub(super) const DEEPEST: usize = 127;

/// Pairs of a urlencoded form.
pub(super) const PAIRS: usize = 1000;

/// Parts of a multipart body.
pub(super) const PARTS: usize = 100;

/// Header lines of one part, and their bytes with all line breaks.
pub(super) const PART_HEADERS: usize = 20;
pub(super) const PART_HEADER_BYTES: usize = 8 * 1024;

/// A text field of a multipart body.
pub(super) const FIELD: u64 = 1024 * 1024;

/// A file of a multipart body that stays in memory; a larger one goes to disk.
pub(super) const IN_MEMORY: usize = 64 * 1024;

/// What may stand before the first part and after the last one, where RFC 2046 section 5.1.1 allows text for readers
/// without MIME. No client sends any.
pub(super) const AROUND_PARTS: usize = 4 * 1024;

/// RFC 2046 section 5.1.1: a boundary has at most 70 characters.
pub(super) const BOUNDARY: usize = 70;
