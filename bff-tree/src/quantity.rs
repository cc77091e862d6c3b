use std::time::Duration;

/// Why a size or a duration cannot be read, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuantityMistake {
    /// A phrase.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// The word that takes a limit away where a wider rule sets one.
pub(crate) const NONE: &str = "none";

/// A timer that runs for longer is a mistake, or should be none.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

const DURATIONS: &[(&str, u64)] =
    &[("ms", 1), ("s", 1000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000)];

/// What lasts longer can as well last for ever (RH-251).
const LONGEST_PERIOD: u64 = 365 * 86_400;

/// Whole seconds, which is what HTTP counts the age of a response in.
const PERIODS: &[(&str, u64)] = &[("s", 1), ("m", 60), ("min", 60), ("h", 3600), ("d", 86_400)];

const SIZES: &[(&str, u64)] = &[
    ("B", 1),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("kB", 1000),
    ("KB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
];

/// Reads `30s`; `None` is for `none`.
pub(crate) fn duration(text: &str) -> Result<Option<Duration>, QuantityMistake> {
    if text == NONE {
        return Ok(None);
    }
    let millis = quantity(text, DURATIONS, "a duration", "\"30s\", \"500ms\" or \"5min\"")?;
    let duration = Duration::from_millis(millis);
    if duration.is_zero() || duration > LONGEST {
        return Err(QuantityMistake {
            message: format!("`{text}` is no duration that a timer can have"),
            help: "write a duration of 1ms to 24h, or \"none\" for no limit".to_owned(),
        });
    }
    Ok(Some(duration))
}

/// Reads `60s`, how long something is good.
pub(crate) fn period(text: &str) -> Result<Duration, QuantityMistake> {
    let seconds = quantity(text, PERIODS, "a duration", "\"60s\", \"5m\" or \"1d\"")?;
    if seconds > LONGEST_PERIOD {
        return Err(QuantityMistake {
            message: format!("`{text}` is longer than a year"),
            help: "write at most \"365d\", or \"none\" for as long as nobody says otherwise"
                .to_owned(),
        });
    }
    Ok(Duration::from_secs(seconds))
}

/// Reads `64KiB`; `None` is for `none`.
pub(crate) fn size(text: &str) -> Result<Option<u64>, QuantityMistake> {
    if text == NONE {
        return Ok(None);
    }
    quantity(text, SIZES, "a size", "\"64KiB\", \"1MiB\" or \"500B\"").map(Some)
}

/// Reads `100`, how many there may be of something at a time.
pub(crate) fn count(text: &str) -> Result<Option<u32>, QuantityMistake> {
    match text.replace('_', "").parse::<u32>() {
        Ok(count) if count > 0 => Ok(Some(count)),
        _ => Err(QuantityMistake {
            message: format!("`{text}` is no number of requests"),
            help: format!("write a whole number from 1 to {}", u32::MAX),
        }),
    }
}

/// Reads `none`, the one text that stands where a count may.
pub(crate) fn no_count(text: &str) -> Result<Option<u32>, QuantityMistake> {
    if text == NONE {
        return Ok(None);
    }
    Err(QuantityMistake {
        message: format!("`\"{text}\"` is not a number"),
        help: "write a whole number without quotes, or \"none\" for no limit".to_owned(),
    })
}

/// A whole number and its unit, without anything between.
fn quantity(
    text: &str,
    units: &[(&str, u64)],
    what: &str,
    examples: &str,
) -> Result<u64, QuantityMistake> {
    let wrong = |message: String, help: String| Err(QuantityMistake { message, help });
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let Ok(count) = number.parse::<u64>() else {
        return wrong(
            format!("`{text}` is not {what}"),
            format!("write a whole number with its unit: {examples}"),
        );
    };
    if unit.is_empty() {
        return wrong(
            format!("`{text}` is {what} without a unit"),
            format!("write it with its unit: {examples}"),
        );
    }
    let Some((_, factor)) = units.iter().find(|(name, _)| *name == unit) else {
        let known: Vec<&str> = units.iter().map(|(name, _)| *name).collect();
        let alike = units.iter().filter(|(name, _)| name.eq_ignore_ascii_case(unit.trim()));
        let alike: Vec<String> = alike.map(|(name, _)| format!("\"{number}{name}\"")).collect();
        // `1mb` may be either; which one is for its author to say.
        let help = match (&alike[..], unit.trim().to_ascii_lowercase().as_str()) {
            (_, unit @ ("k" | "m" | "g" | "kb" | "mb" | "gb" | "kib" | "mib" | "gib"))
                if units == SIZES =>
            {
                let letter = unit[..1].to_ascii_uppercase();
                format!(
                    "write \"{number}{letter}iB\" (steps of 1024) or \"{number}{letter}B\" (of 1000)"
                )
            }
            ([], _) => format!("the units are `{}`: {examples}", known.join("`, `")),
            (alike, _) => format!("write {}", alike.join(" or ")),
        };
        return wrong(format!("`{text}` has no unit of {}", &what[2..]), help);
    };
    match count.checked_mul(*factor) {
        Some(value) => Ok(value),
        None => wrong(format!("`{text}` is too large"), format!("write {examples}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_whole_numbers_with_a_unit() {
        for (text, expected) in [
            ("0B", Ok(Some(0))),
            ("500B", Ok(Some(500))),
            ("64KiB", Ok(Some(65_536))),
            ("1MiB", Ok(Some(1_048_576))),
            ("2GiB", Ok(Some(2_147_483_648))),
            ("1kB", Ok(Some(1000))),
            ("1MB", Ok(Some(1_000_000))),
            ("none", Ok(None)),
            ("", Err("`` is not a size")),
            ("MiB", Err("`MiB` is not a size")),
            ("-1B", Err("`-1B` is not a size")),
            ("1.5MiB", Err("`1.5MiB` has no unit of size")),
            ("1024", Err("`1024` is a size without a unit")),
            ("1 MiB", Err("`1 MiB` has no unit of size")),
            ("1mb", Err("`1mb` has no unit of size")),
            ("1s", Err("`1s` has no unit of size")),
            ("99999999999999GiB", Err("`99999999999999GiB` is too large")),
            ("99999999999999999999999B", Err("`99999999999999999999999B` is not a size")),
        ] {
            let found = size(text).map_err(|mistake| mistake.message);
            assert_eq!(found, expected.map_err(str::to_owned), "{text}");
        }
        let help = |text| size(text).map_err(|mistake| mistake.help).unwrap_err();
        assert_eq!(help("1mb"), "write \"1MiB\" (steps of 1024) or \"1MB\" (of 1000)");
        assert_eq!(help("1 b"), "write \"1B\"");
    }

    #[test]
    fn counts_are_whole_numbers() {
        for (text, expected) in [
            ("1", Some(1)),
            ("10_000", Some(10_000)),
            ("4294967295", Some(u32::MAX)),
            ("0", None),
            ("4294967296", None),
            ("-1", None),
            ("1.5", None),
            ("0x10", None),
            ("", None),
        ] {
            assert_eq!(count(text).ok().flatten(), expected, "{text}");
        }
        assert_eq!(no_count("none"), Ok(None));
        assert!(no_count("10").is_err());
    }

    #[test]
    fn durations_are_whole_numbers_with_a_unit() {
        let millis = |millis| Ok(Some(Duration::from_millis(millis)));
        for (text, expected) in [
            ("1ms", millis(1)),
            ("30s", millis(30_000)),
            ("5m", millis(300_000)),
            ("5min", millis(300_000)),
            ("24h", millis(86_400_000)),
            ("none", Ok(None)),
            ("30", Err("`30` is a duration without a unit")),
            ("0s", Err("`0s` is no duration that a timer can have")),
            ("25h", Err("`25h` is no duration that a timer can have")),
            ("1d", Err("`1d` has no unit of duration")),
            ("5S", Err("`5S` has no unit of duration")),
            ("never", Err("`never` is not a duration")),
            ("99999999999999999h", Err("`99999999999999999h` is too large")),
        ] {
            let found = duration(text).map_err(|mistake| mistake.message);
            assert_eq!(found, expected.map_err(str::to_owned), "{text}");
        }
        assert_eq!(duration("5S").map_err(|mistake| mistake.help), Err("write \"5s\"".to_owned()));
    }
}
