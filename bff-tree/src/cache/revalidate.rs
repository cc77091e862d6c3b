use std::time::Duration;

use super::CacheMistake;
use crate::quantity::{self, NONE, QuantityMistake};

/// How long an answer is good (RH-345).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revalidate {
    /// `0`: nothing is kept, whatever a wider rule says.
    NotStored,
    /// `"60s"`: for so long, then it is made anew.
    Every(Duration),
    /// `"none"`: until somebody says otherwise.
    Never,
}

impl Revalidate {
    /// Reads `60s` or `none`.
    pub(crate) fn read(text: &str) -> Result<Self, CacheMistake> {
        if text == NONE {
            return Ok(Self::Never);
        }
        match quantity::period(text) {
            Ok(period) if period.is_zero() => Err(CacheMistake::new(
                format!("an answer that is good for `{text}` is not worth keeping"),
                "write `revalidate = 0`, without quotes, where nothing is to be kept",
            )),
            Ok(period) => Ok(Self::Every(period)),
            Err(QuantityMistake { message, help }) => Err(CacheMistake::new(message, help)),
        }
    }

    /// Reads a number: `0` is the one that needs no unit.
    pub(crate) fn number(digits: &str) -> Result<Self, CacheMistake> {
        match digits {
            "0" => Ok(Self::NotStored),
            digits => Err(CacheMistake::new(
                format!("`{digits}` is a duration without a unit"),
                format!("write `revalidate = \"{digits}s\"` for seconds"),
            )),
        }
    }

    /// Reads true or false, of which other stacks have the second.
    pub(crate) fn boolean(value: bool) -> Result<Self, CacheMistake> {
        let help = if value {
            "write how long an answer is good: `revalidate = \"60s\"`"
        } else {
            "write `revalidate = \"none\"` to keep an answer until its tag or path is revalidated, or `revalidate = 0` to keep none"
        };
        Err(CacheMistake::new("`revalidate` is a duration", help))
    }

    /// True when answers are kept.
    pub fn stores(self) -> bool {
        self != Self::NotStored
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_345_a_period_is_a_duration_none_or_zero() {
        let every = |seconds| Ok(Revalidate::Every(Duration::from_secs(seconds)));
        for (text, expected) in [
            ("1s", every(1)),
            ("60s", every(60)),
            ("5m", every(300)),
            ("5min", every(300)),
            ("2h", every(7200)),
            ("7d", every(604_800)),
            ("365d", every(31_536_000)),
            ("none", Ok(Revalidate::Never)),
            ("0s", Err("an answer that is good for `0s` is not worth keeping")),
            ("366d", Err("`366d` is longer than a year")),
            ("60", Err("`60` is a duration without a unit")),
            ("500ms", Err("`500ms` has no unit of duration")),
            ("never", Err("`never` is not a duration")),
            ("-1s", Err("`-1s` is not a duration")),
        ] {
            let found = Revalidate::read(text).map_err(|mistake| mistake.message);
            assert_eq!(found, expected.map_err(str::to_owned), "{text}");
        }
        assert_eq!(Revalidate::number("0"), Ok(Revalidate::NotStored));
        let help = Revalidate::number("60").unwrap_err().help;
        assert_eq!(help, "write `revalidate = \"60s\"` for seconds");
        assert!(!Revalidate::NotStored.stores() && Revalidate::Never.stores());
    }
}
