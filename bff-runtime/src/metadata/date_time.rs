use std::{error, fmt, ops::Neg, str::FromStr, time::SystemTime};

use serde::{Serialize, Serializer};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The first nanosecond of the year 1, and the last of 9999: what four digits can name.
const RANGE: [i128; 2] = [-62_135_596_800_000_000_000, 253_402_300_799_999_999_999];

/// The time zones of XML Schema end here.
const FARTHEST_ZONE: i32 = 14 * 3600;

/// A date, `2024-05-01`, or a date with a time, `2024-05-01T10:30:00Z`, in the form of files for machines.
///
/// It is made of a [`SystemTime`], or of text that has one of these two forms. They are the ones that the W3C's date
/// format (a profile of ISO 8601), the schema of sitemaps and RFC 3339 have in common: a time has its seconds and its
/// zone. What chrono, jiff and time write as RFC 3339 is read.
///
/// ```
/// use bff::metadata::DateTime;
/// use std::time::{Duration, SystemTime};
///
/// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_704_164_645_678);
/// assert_eq!(DateTime::from(time).to_string(), "2024-01-02T03:04:05.678Z");
///
/// let text: DateTime = "2024-05-01T10:30:00+02:00".parse()?; // kept as it is written (MDS-04)
/// assert_eq!(text.to_string(), "2024-05-01T10:30:00+02:00");
/// assert!("yesterday".parse::<DateTime>().is_err());
/// # Ok::<(), bff::metadata::InvalidDateTime>(())
/// ```
///
/// A time before the year 1 or after 9999 becomes the nearest that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateTime {
    text: String,
    at: OffsetDateTime,
}

impl DateTime {
    /// As RFC 3339 has it: a date alone is the beginning of its day in UTC.
    pub(super) fn with_time(&self) -> String {
        let time = if self.text.contains('T') { "" } else { "T00:00:00Z" };
        format!("{}{time}", self.text)
    }

    pub(super) fn is_before(&self, time: SystemTime) -> bool {
        self.at < of(time)
    }
}

impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> Self {
        let at = of(time);
        let (year, month, day) = at.to_calendar_date();
        let (hour, minute, second, millisecond) = at.to_hms_milli();
        let month = u8::from(month);
        let text = format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"
        );
        Self { text, at }
    }
}

fn of(time: SystemTime) -> OffsetDateTime {
    let nanoseconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()),
        Err(before) => i128::try_from(before.duration().as_nanos()).map(Neg::neg),
    };
    let nanoseconds = nanoseconds.unwrap_or(i128::MAX).clamp(RANGE[0], RANGE[1]);
    // It is within the range of `time`.
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, InvalidDateTime> {
        match parsed(text) {
            Some(at) => Ok(Self { text: text.to_owned(), at }),
            None => Err(InvalidDateTime(text.to_owned())),
        }
    }
}

fn parsed(text: &str) -> Option<OffsetDateTime> {
    let with_time = match text.len() {
        10 => &*format!("{text}T00:00:00Z"),
        _ => text,
    };
    // RFC 3339 also has small letters, other separators and leap seconds, which the schema of sitemaps does not.
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | '.' | '+' | 'T' | 'Z');
    if with_time.as_bytes().get(10) != Some(&b'T')
        || !with_time.chars().all(is_plain)
        || with_time.get(17..19) == Some("60")
    {
        return None;
    }
    let at = OffsetDateTime::parse(with_time, &Rfc3339).ok()?;
    let is_in_range = at.year() >= 1 && at.offset().whole_seconds().abs() <= FARTHEST_ZONE;
    is_in_range.then_some(at)
}

impl TryFrom<&str> for DateTime {
    type Error = InvalidDateTime;

    fn try_from(text: &str) -> Result<Self, InvalidDateTime> {
        text.parse()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// A text that is no [`DateTime`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDateTime(String);

impl fmt::Display for InvalidDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.0;
        write!(f, "{text:?} is not a date like 2024-05-01 or 2024-05-01T10:30:00Z")
    }
}

impl error::Error for InvalidDateTime {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn mds_04_times_of_the_system_are_written_in_utc_with_milliseconds() {
        let epoch = SystemTime::UNIX_EPOCH;
        for (time, expected) in [
            (epoch + Duration::from_millis(1_704_164_645_678), "2024-01-02T03:04:05.678Z"),
            (epoch, "1970-01-01T00:00:00.000Z"),
            (epoch - Duration::from_millis(1), "1969-12-31T23:59:59.999Z"),
            (epoch + Duration::from_secs(951_782_400), "2000-02-29T00:00:00.000Z"),
            (epoch + Duration::from_secs(300_000_000_000), "9999-12-31T23:59:59.999Z"),
            (epoch - Duration::from_secs(70_000_000_000), "0001-01-01T00:00:00.000Z"),
        ] {
            let written = DateTime::from(time);
            assert_eq!(written.to_string(), expected);
            assert!(parsed(expected).is_some());
        }
    }

    #[test]
    fn mds_04_text_is_kept_as_it_is_when_it_is_a_date() {
        for (text, is_date) in [
            ("2024-05-01", true),
            ("2024-02-29", true),
            ("2024-05-01T10:30:00Z", true),
            ("2024-05-01T10:30:00.5Z", true),
            ("2024-05-01T10:30:00.123456789+05:30", true),
            ("2024-05-01T10:30:00-14:00", true),
            ("", false),
            ("2024", false),              // a date of the W3C, but not of the schema
            ("2024-05", false),           // the same
            ("2024-05-01T10:30Z", false), // the same
            ("2024-05-01T10:30:00", false), // the other way round
            ("2024-05-01 10:30:00Z", false),
            ("2024-05-01t10:30:00z", false),
            ("2023-02-29", false),
            ("2024-13-01", false),
            ("2024-05-01T24:00:00Z", false),
            ("2024-05-01T23:59:60Z", false),
            ("2024-05-01T10:30:00+15:00", false),
            ("0000-01-01", false),
            ("20240501", false),
            ("2024-05-01\n", false),
            ("2024-05-0é", false),
            ("01.05.2024", false),
            ("</lastmod>", false),
        ] {
            let read = text.parse::<DateTime>();
            assert_eq!(read.is_ok(), is_date, "{text:?}");
            assert_eq!(read.map_or(text.to_owned(), |date| date.to_string()), text);
        }
    }

    #[test]
    fn a_date_alone_begins_its_day() {
        let date: DateTime = "2024-05-01".parse().unwrap();
        assert_eq!(date.with_time(), "2024-05-01T00:00:00Z");
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_714_564_800);
        assert!(date.is_before(noon));
        assert!(!DateTime::from(noon).is_before(noon));
        assert_eq!(DateTime::from(noon).with_time(), "2024-05-01T12:00:00.000Z");
    }

    #[test]
    fn a_text_that_is_no_date_is_shown() {
        assert_eq!(
            "soon".parse::<DateTime>().unwrap_err().to_string(),
            "\"soon\" is not a date like 2024-05-01 or 2024-05-01T10:30:00Z"
        );
    }
}
