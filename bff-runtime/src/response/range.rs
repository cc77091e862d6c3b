use std::ops::Range;

/// What a `Range` header asks of a body of known length (RFC 9110 section 14.1.2, RH-197).
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ranges {
    /// The header is none of bytes, or cannot be read: it is ignored (section 14.2).
    Ignored,
    /// Nothing of what it names is there, or it names too much.
    Unsatisfiable,
    /// These bytes, none of them twice, none of the ranges empty.
    Some(Vec<Range<u64>>),
}

/// A header with more ranges than this asks for work, not for bytes (section 17.15).
const MOST: usize = 16;

impl Ranges {
    /// Reads the header's value for a body of this many bytes.
    ///
    /// Ranges that overlap or touch are sent as one; otherwise their order stays (section 15.3.7.2).
    pub(super) fn parse(value: &str, length: u64) -> Self {
        let Some((unit, set)) = value.split_once('=') else { return Self::Ignored };
        if !unit.eq_ignore_ascii_case("bytes") {
            return Self::Ignored;
        }
        let (mut named, mut there) = (0, Vec::new());
        for spec in set
            .split(',')
            .map(|spec| spec.trim_matches([' ', '\t']))
            .filter(|spec| !spec.is_empty())
        {
            named += 1;
            match Spec::parse(spec) {
                None => return Self::Ignored,
                Some(_) if named > MOST => return Self::Unsatisfiable,
                Some(spec) => there.extend(spec.within(length)),
            }
        }
        match (named, there.is_empty()) {
            (0, _) => Self::Ignored,
            // The whole of nothing is asked for, and that cannot be written as a range.
            (_, true) if length == 0 && set.trim_start().starts_with('-') => Self::Ignored,
            (_, true) => Self::Unsatisfiable,
            _ => Self::Some(joined(there)),
        }
    }
}

/// One range as it is written.
#[derive(Clone, Copy)]
enum Spec {
    /// `0-499`, `500-`: both ends belong to it.
    From(u64, Option<u64>),
    /// `-500`: the end of the body.
    Last(u64),
}

impl Spec {
    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-')?;
        match (first, last) {
            ("", last) => Some(Self::Last(number(last)?)),
            (first, "") => Some(Self::From(number(first)?, None)),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                (first <= last).then_some(Self::From(first, Some(last)))
            }
        }
    }

    /// The part of it that a body of this length has.
    fn within(self, length: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From(first, last) => {
                first..last.map_or(length, |last| last.saturating_add(1).min(length))
            }
            Self::Last(count) => length.saturating_sub(count)..length,
        };
        (range.start < range.end).then_some(range)
    }
}

/// A number of any size; what no body is as long as may stand for all of it.
fn number(digits: &str) -> Option<u64> {
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().unwrap_or(u64::MAX))
}

fn joined(ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut sorted = ranges.clone();
    sorted.sort_by_key(|range| range.start);
    if sorted.windows(2).all(|pair| pair[0].end < pair[1].start) {
        return ranges;
    }
    let mut joined: Vec<Range<u64>> = Vec::new();
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_197_the_header_is_read_as_rfc_9110_writes_it() {
        use Ranges::{Ignored, Unsatisfiable};
        let some = |ranges: &[(u64, u64)]| {
            Ranges::Some(ranges.iter().map(|&(start, end)| start..end).collect())
        };
        for (value, length, expected) in [
            ("bytes=0-499", 1000, some(&[(0, 500)])),
            ("bytes=500-999", 1000, some(&[(500, 1000)])),
            ("bytes=-500", 1000, some(&[(500, 1000)])),
            ("bytes=9-", 1000, some(&[(9, 1000)])),
            ("BYTES=0-0", 1000, some(&[(0, 1)])),
            ("bytes= 0-0 ,\t-1 ", 1000, some(&[(0, 1), (999, 1000)])),
            ("bytes=,0-0,,", 1000, some(&[(0, 1)])),
            ("bytes=0-2000", 1000, some(&[(0, 1000)])),
            ("bytes=-2000", 1000, some(&[(0, 1000)])),
            ("bytes=0-99999999999999999999999", 1000, some(&[(0, 1000)])),
            ("bytes=0-18446744073709551615", 1000, some(&[(0, 1000)])),
            ("bytes=5-6,1-2", 1000, some(&[(5, 7), (1, 3)])),
            ("bytes=5-6,1-5", 1000, some(&[(1, 7)])),
            ("bytes=5-6,1-4", 1000, some(&[(1, 7)])),
            ("bytes=0-,0-,0-", 1000, some(&[(0, 1000)])),
            ("bytes=1000-,0-0", 1000, some(&[(0, 1)])),
            ("bytes=1000-", 1000, Unsatisfiable),
            ("bytes=-0", 1000, Unsatisfiable),
            ("bytes=0-", 0, Unsatisfiable),
            ("bytes=-5", 0, Ignored),
            ("bytes=2-1", 1000, Ignored),
            ("bytes=0-0,2-1", 1000, Ignored),
            ("bytes=", 1000, Ignored),
            ("bytes=,", 1000, Ignored),
            ("bytes=-", 1000, Ignored),
            ("bytes=a-b", 1000, Ignored),
            ("bytes=+1-2", 1000, Ignored),
            ("bytes=1--2", 1000, Ignored),
            ("bytes=0x1-2", 1000, Ignored),
            ("bytes 0-1", 1000, Ignored),
            ("bytes =0-1", 1000, Ignored),
            ("items=0-1", 1000, Ignored),
            ("", 1000, Ignored),
        ] {
            assert_eq!(Ranges::parse(value, length), expected, "{value} of {length}");
        }
    }

    #[test]
    fn rh_197_more_than_sixteen_ranges_are_refused() {
        let header = |n: usize| {
            format!(
                "bytes={}",
                (0..n).map(|i| format!("{0}-{0}", i * 2)).collect::<Vec<_>>().join(",")
            )
        };
        let Ranges::Some(ranges) = Ranges::parse(&header(16), 1000) else {
            panic!("sixteen are allowed")
        };
        assert_eq!(ranges.len(), 16);
        assert_eq!(Ranges::parse(&header(17), 1000), Ranges::Unsatisfiable);
        assert_eq!(Ranges::parse(&header(100_000), 1000), Ranges::Unsatisfiable);
    }

    proptest! {
        #[test]
        fn rh_197_every_byte_that_is_asked_for_is_sent_once(
            specs in prop::collection::vec((0..60u64, 0..60u64), 1..MOST),
            length in 1..50u64,
        ) {
            let specs: Vec<(u64, u64)> = specs.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
            let header: Vec<String> = specs.iter().map(|(first, last)| format!("{first}-{last}")).collect();
            let asked = |byte: &u64| specs.iter().any(|(first, last)| (first..=last).contains(&byte));
            let expected: Vec<u64> = (0..length).filter(asked).collect();
            let mut sent: Vec<u64> = match Ranges::parse(&format!("bytes={}", header.join(",")), length) {
                Ranges::Some(ranges) => ranges.into_iter().flatten().collect(),
                other => { prop_assert_eq!(other, Ranges::Unsatisfiable); Vec::new() }
            };
            sent.sort_unstable();
            prop_assert_eq!(sent, expected);
        }

        #[test]
        fn rh_197_any_header_is_read_without_a_panic(value in "(bytes=)?[-0-9,= a]{0,40}", length: u64) {
            if let Ranges::Some(ranges) = Ranges::parse(&value, length) {
                prop_assert!(ranges.iter().all(|range| range.start < range.end && range.end <= length));
            }
        }
    }
}
