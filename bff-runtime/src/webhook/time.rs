//! The time of a message against ours, in whole seconds and without a way to overflow.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds since 1970; a clock before that is at its beginning.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whether a time as a header has it is close enough to now. Digits and nothing else: no sign, no fraction, no
/// exponent, no white space.
pub(super) fn is_near(text: &str, now: SystemTime, tolerance: Duration) -> bool {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let time: Option<u64> = is_digits.then(|| text.parse().ok()).flatten();
    time.is_some_and(|time| time.abs_diff(seconds(now)) <= tolerance.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_25_a_time_is_near_or_refused_whatever_it_is() {
        let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_999);
        for (text, expected) in [
            ("1700000000", true),
            ("1699999700", true),
            ("1699999699", false),
            ("1700000300", true),
            ("1700000301", false),
            ("0001700000000", true),
            ("", false),
            ("0", false),
            ("-9223372036854775808", false),
            ("-1700000000", false),
            ("+1700000000", false),
            ("9223372036854775807", false),
            ("18446744073709551615", false),
            ("18446744073709551616", false),
            ("99999999999999999999999999", false),
            ("1e3", false),
            ("1.7e9", false),
            ("1700000000.0", false),
            ("0x6553f100", false),
            (" 1700000000", false),
            ("1700000000 ", false),
            ("1_700_000_000", false),
            ("١٧٠٠٠٠٠٠٠٠", false),
            ("1700000000000", false),
            ("NaN", false),
        ] {
            assert_eq!(is_near(text, now, Duration::from_secs(300)), expected, "{text}");
        }
        let before_all = UNIX_EPOCH - Duration::from_secs(1);
        assert!(is_near("0", before_all, Duration::ZERO));
    }
}
