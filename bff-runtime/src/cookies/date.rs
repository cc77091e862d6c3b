//! Dates of the `Expires` attribute.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The last second of the year 9999: no header can name a later one.
const LAST_SECOND: u64 = 253_402_300_799;

/// An `IMF-fixdate` (RFC 9110 section 5.6.7), which is what `Expires` takes (RFC 6265bis section 4.1.1).
///
/// What cannot be written is moved to the nearest date that can; a cookie is as dead in 1970 as before it.
pub(super) fn formatted(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs()).min(LAST_SECOND);
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// The time this many seconds after `now`, or before it when they are negative; as far as time goes.
pub(super) fn after(now: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        now.checked_sub(distance).unwrap_or(UNIX_EPOCH)
    } else {
        now.checked_add(distance).unwrap_or_else(|| UNIX_EPOCH + Duration::from_secs(LAST_SECOND))
    }
}

/// The algorithm of section 5.1.1, which finds a date in nearly anything that servers ever sent.
pub(super) fn parsed(text: &str) -> Option<SystemTime> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text.as_bytes().split(|it| is_delimiter(*it)).filter(|it| !it.is_empty()) {
        // Step 2: a token is what it can be first and has not been before.
        if time.is_none()
            && let Some(found) = time_of_day(token)
        {
            time = Some(found);
        } else if day.is_none()
            && let Some(found) = number(token, 1, 2)
        {
            day = Some(found);
        } else if month.is_none()
            && let Some(found) = month_of(token)
        {
            month = Some(found);
        } else if year.is_none()
            && let Some(found) = number(token, 2, 4)
        {
            year = Some(found);
        }
    }
    // Steps 3 and 4: years of two digits.
    let year = match year? {
        year @ 0..=69 => year + 2000,
        year @ 70..=99 => year + 1900,
        year => year,
    };
    let ((hour, minute, second), day, month) = (time?, day?, month?);
    // Steps 5 and 6.
    if year < 1601
        || hour > 23
        || minute > 59
        || second > 59
        || day < 1
        || day > days_in(month, year)
    {
        return None;
    }
    let days = days_since_epoch(year, month, day);
    let seconds = days * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    // Whatever ended before 1970 ends in 1970, which can be written.
    Some(after(UNIX_EPOCH, seconds.max(0)))
}

fn is_delimiter(octet: u8) -> bool {
    matches!(octet, 0x09 | 0x20..=0x2f | 0x3b..=0x40 | 0x5b..=0x60 | 0x7b..=0x7e)
}

/// `1*2DIGIT [ non-digit *OCTET ]` and its like.
fn number(token: &[u8], least: usize, most: usize) -> Option<u32> {
    let digits = token.iter().take_while(|it| it.is_ascii_digit()).count();
    let digits = (least..=most).contains(&digits).then(|| &token[..digits])?;
    Some(digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
}

/// `time-field ":" time-field ":" time-field [ non-digit *OCTET ]`
fn time_of_day(token: &[u8]) -> Option<(u32, u32, u32)> {
    let mut fields = token.splitn(3, |it| *it == b':');
    let mut field = || fields.next();
    let (hour, minute, second) = (field()?, field()?, field()?);
    // Only the last field may have something after its digits.
    if !hour.iter().chain(minute).all(u8::is_ascii_digit) {
        return None;
    }
    Some((number(hour, 1, 2)?, number(minute, 1, 2)?, number(second, 1, 2)?))
}

fn month_of(token: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8; 3]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
        b"dec",
    ];
    let start = token.get(..3)?;
    (1..).zip(MONTHS).find_map(|(month, name)| start.eq_ignore_ascii_case(name).then_some(month))
}

fn days_in(month: u32, year: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Days from the first of January 1970 in the Gregorian calendar. Years are counted from March, so that the
/// day that leap years add is the last of the year.
fn days_since_epoch(year: u32, month: u32, day: u32) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    i64::from(year * 365 + year / 4 - year / 100 + year / 400 + day_of_year) - 719_468
}
