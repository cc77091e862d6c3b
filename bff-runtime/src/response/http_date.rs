use std::time::{Duration, SystemTime};

use http::HeaderValue;

/// The first second of the year 10000, which has no form of four digits.
const TOO_LATE: Duration = Duration::from_secs(253_402_300_800);

/// A date as HTTP and RSS write it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7). `None` for one
/// before 1970 or after 9999, such as a file may have.
pub(super) fn format(time: SystemTime) -> Option<String> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    (since < TOO_LATE).then(|| httpdate::fmt_http_date(time))
}

/// The date of a header, in any of the three forms of HTTP; `None` when it is none.
pub(super) fn parse(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_196_dates_of_any_year_are_written_or_left_out() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        for (time, expected) in [
            (at(784_111_777), Some("Sun, 06 Nov 1994 08:49:37 GMT")),
            (at(0), Some("Thu, 01 Jan 1970 00:00:00 GMT")),
            (at(253_402_300_799), Some("Fri, 31 Dec 9999 23:59:59 GMT")),
            (at(253_402_300_800), None),
            (SystemTime::UNIX_EPOCH - Duration::from_secs(1), None),
        ] {
            let written = format(time);
            assert_eq!(written.as_deref(), expected);
            if let Some(written) = written {
                assert_eq!(parse(&HeaderValue::try_from(written).unwrap()), Some(time));
            }
        }
    }

    #[test]
    fn rh_196_the_three_forms_of_a_date_are_read_and_nothing_else() {
        for (text, read) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", true),
            ("Sunday, 06-Nov-94 08:49:37 GMT", true),
            ("Sun Nov  6 08:49:37 1994", true),
            ("1994-11-06T08:49:37Z", false),
            ("yesterday", false),
            ("", false),
        ] {
            assert_eq!(parse(&HeaderValue::from_static(text)).is_some(), read, "{text}");
        }
    }
}
