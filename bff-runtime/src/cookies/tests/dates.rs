use std::time::{Duration, UNIX_EPOCH};

use super::super::date::{formatted, parsed};

#[test]
fn rh_178_dates_are_found_in_what_servers_send() {
    for (text, seconds) in [
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("Tue, 14 Nov 2023 22:13:20 GMT", Some(1_700_000_000)),
        ("Tue, 14-Nov-23 22:13:20 GMT", Some(1_700_000_000)),
        ("Tuesday, 14-Nov-2023 22:13:20 UTC", Some(1_700_000_000)),
        ("Tue Nov 14 22:13:20 2023", Some(1_700_000_000)),
        ("22:13:20 14 november 2023", Some(1_700_000_000)),
        ("2023 14 nov 22:13:20abc", Some(1_700_000_000)),
        ("29 Feb 2024 0:0:0", Some(1_709_164_800)),
        ("01 Mar 2100 00:00:00", Some(4_107_542_400)),
        ("31 Dec 9999 23:59:59", Some(253_402_300_799)),
        // RFC 6265bis section 5.1.1 steps 3 and 4.
        ("1 Jan 70 00:00:00", Some(0)),
        ("1 Jan 69 00:00:00", Some(3_124_224_000)),
        // As dead as in 1970.
        ("1 Jan 1601 00:00:00", Some(0)),
        ("31 Dec 1969 23:59:59", Some(0)),
        // Step 5.
        ("1 Jan 1600 00:00:00", None),
        ("29 Feb 2023 00:00:00", None),
        ("29 Feb 2100 00:00:00", None),
        ("31 Apr 2024 00:00:00", None),
        ("0 Jan 2024 00:00:00", None),
        ("1 Jan 2024 24:00:00", None),
        ("1 Jan 2024 00:60:00", None),
        ("1 Jan 2024 00:00:60", None),
        ("1 Jan 2024", None),
        ("Jan 2024 00:00:00", None),
        ("1 2024 00:00:00", None),
        ("1 Jan 00:00:00", None),
        ("1 Jan 20240 00:00:00", None),
        ("", None),
        ("Thu, 01 Jän 1970 00:00:00 GMT", None),
    ] {
        let expected = seconds.map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(parsed(text), expected, "{text}");
    }
}

#[test]
fn rh_164_a_date_that_cannot_be_written_is_moved_to_the_nearest() {
    for (time, text) in [
        (UNIX_EPOCH - Duration::from_secs(1), "Thu, 01 Jan 1970 00:00:00 GMT"),
        (UNIX_EPOCH + Duration::from_secs(1 << 40), "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        assert_eq!(formatted(time), text);
    }
}
