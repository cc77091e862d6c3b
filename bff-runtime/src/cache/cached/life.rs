use std::time::Duration;

/// How long a value is kept, and when it is made anew (RH-292, RH-293).
///
/// ```
/// use bff::cache::Life;
///
/// let life = Life::HOURS; // after an hour anew in the background, after a day while somebody waits
/// let own = Life::every(std::time::Duration::from_secs(90));
/// # let _ = (life, own);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// After this age the old value is served while a new one is made; `None` for never.
    pub(in crate::cache) revalidate: Option<Duration>,
    /// After this age the old value is not served any more.
    pub(in crate::cache) expire: Option<Duration>,
}

const SECOND: u64 = 1;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

impl Life {
    /// Anew after a second; a minute at most.
    pub const SECONDS: Self = Self::of(SECOND, MINUTE);
    /// Anew after a minute; an hour at most.
    pub const MINUTES: Self = Self::of(MINUTE, HOUR);
    /// Anew after an hour; a day at most.
    pub const HOURS: Self = Self::of(HOUR, DAY);
    /// Anew after a day; a week at most.
    pub const DAYS: Self = Self::of(DAY, 7 * DAY);
    /// Anew after a week; thirty days at most.
    pub const WEEKS: Self = Self::of(7 * DAY, 30 * DAY);
    /// Anew after thirty days; a year at most.
    pub const MAX: Self = Self::of(30 * DAY, 365 * DAY);
    /// Until a tag is revalidated (RH-286).
    pub const UNTIL_REVALIDATED: Self = Self { revalidate: None, expire: None };

    const fn of(revalidate: u64, expire: u64) -> Self {
        Self {
            revalidate: Some(Duration::from_secs(revalidate)),
            expire: Some(Duration::from_secs(expire)),
        }
    }

    /// Anew after so long, and old for as long as nobody asks. A value of zero is never kept.
    pub const fn every(period: Duration) -> Self {
        Self { revalidate: Some(period), expire: None }
    }

    /// The same, but not served any more after so long. What is served less long than until it is made anew is never
    /// old: it is waited for.
    #[must_use]
    pub const fn at_most(self, expire: Duration) -> Self {
        Self { revalidate: self.revalidate, expire: Some(expire) }
    }

    #[cfg(test)]
    pub(crate) fn limits(self) -> [Option<Duration>; 2] {
        [self.revalidate, self.expire]
    }

    /// Whether something with this life is worth keeping; what has no time may still be confirmed.
    pub(super) fn is_kept(self) -> bool {
        self.revalidate != Some(Duration::ZERO) || self.expire.is_some()
    }

    /// Reads `60s`, as `revalidate` of a handler is written.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text == "none" {
            return Some(Self::UNTIL_REVALIDATED);
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at_checked(digits)?;
        let unit = match unit {
            "s" => SECOND,
            "m" | "min" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            _ => return None,
        };
        let seconds = number.parse::<u64>().ok()?.checked_mul(unit)?;
        (seconds > 0 && seconds <= 365 * DAY).then(|| Self::every(Duration::from_secs(seconds)))
    }
}

impl From<Duration> for Life {
    fn from(period: Duration) -> Self {
        Self::every(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_292_presets_have_the_numbers_of_the_model() {
        for (life, revalidate, expire) in [
            (Life::SECONDS, 1, 60),
            (Life::MINUTES, 60, 3600),
            (Life::HOURS, 3600, 86_400),
            (Life::DAYS, 86_400, 604_800),
            (Life::WEEKS, 604_800, 2_592_000),
            (Life::MAX, 2_592_000, 31_536_000),
        ] {
            let expected = [revalidate, expire].map(Duration::from_secs).map(Some);
            assert_eq!([life.revalidate, life.expire], expected);
        }
        assert_eq!(Life::UNTIL_REVALIDATED.revalidate, None);
    }

    #[test]
    fn rh_274_a_period_is_written_as_in_an_attribute() {
        let every = |seconds| Some(Life::every(Duration::from_secs(seconds)));
        for (text, expected) in [
            ("1s", every(1)),
            ("60s", every(60)),
            ("5m", every(300)),
            ("5min", every(300)),
            ("2h", every(7200)),
            ("365d", every(31_536_000)),
            ("none", Some(Life::UNTIL_REVALIDATED)),
            ("366d", None),
            ("0s", None),
            ("60", None),
            ("500ms", None),
            ("-1s", None),
            ("s", None),
            ("", None),
            ("99999999999999999999s", None),
            ("18446744073709551615d", None),
            ("1é", None),
        ] {
            assert_eq!(Life::read(text), expected, "{text}");
        }
    }
}
