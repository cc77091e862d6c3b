//! Sources of text and whole segments, matched by hand.

use super::source::{Part, Source, strip_literal};

/// Matches from left to right, once. A param ends at the first delimiter and what follows one begins with a
/// delimiter, so there is never a second way to match.
pub(super) fn matches<'p>(
    parts: &[Part],
    source: &Source,
    path: &'p str,
    mut found: impl FnMut(usize, &'p str),
) -> bool {
    let mut rest = path;
    let mut index = 0;
    for part in parts {
        match *part {
            Part::Literal(literal) => match strip_literal(rest, literal, source.case_sensitive) {
                Some(after) => rest = after,
                None => return false,
            },
            Part::Param => {
                let (value, after) = rest.split_at(segment_length(rest, source.delimiters));
                if value.is_empty() {
                    return false;
                }
                found(index, value);
                index += 1;
                rest = after;
            }
            Part::Optional | Part::Any | Part::Some => {
                let most = if *part == Part::Optional { 1 } else { usize::MAX };
                let (value, after) = segments(rest, source.delimiters, most);
                if value.is_empty() && *part == Part::Some {
                    return false;
                }
                found(index, value);
                index += 1;
                rest = after;
            }
        }
    }
    let mut left = rest.chars();
    left.next().is_none_or(|last| source.delimiters.contains(last)) && left.next().is_none()
}

/// Up to this many slashes with a segment each: what is between the first slash and the end, and what follows.
fn segments<'p>(path: &'p str, delimiters: &str, most: usize) -> (&'p str, &'p str) {
    let mut end = 0;
    let mut count = 0;
    while count < most && path[end..].starts_with('/') {
        match segment_length(&path[end + 1..], delimiters) {
            0 => break,
            length => end += 1 + length,
        }
        count += 1;
    }
    (path.get(1..end).unwrap_or(""), &path[end..])
}

fn segment_length(path: &str, delimiters: &str) -> usize {
    path.bytes().position(|byte| delimiters.as_bytes().contains(&byte)).unwrap_or(path.len())
}
