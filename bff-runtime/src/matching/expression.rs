use super::error::{BadPattern, TooComplex};

/// How many steps a match by trying may take. Without optimisation they take about ten milliseconds, and a path
/// of 64 KiB needs fewer with patterns that do not nest their repetitions.
const BACKTRACK_LIMIT: usize = 100_000;

/// A compiled expression.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    /// In time linear in the text.
    Linear(regex::Regex),
    /// With look-around, by trying, within a limit. Boxed, because it is rare and large.
    Trying(Box<fancy_regex::Regex>),
}

impl Expression {
    pub(super) fn linear(text: &'static str) -> Result<Self, BadPattern> {
        regex::Regex::new(text).map(Self::Linear).map_err(|error| BadPattern::new(text, &error))
    }

    pub(super) fn trying(text: &'static str) -> Result<Self, BadPattern> {
        let regex = fancy_regex::RegexBuilder::new(text).backtrack_limit(BACKTRACK_LIMIT).build();
        regex
            .map(|regex| Self::Trying(Box::new(regex)))
            .map_err(|error| BadPattern::new(text, &error))
    }

    pub(super) fn is_match(&self, text: &str) -> Result<bool, TooComplex> {
        match self {
            Self::Linear(regex) => Ok(regex.is_match(text)),
            Self::Trying(regex) => regex.is_match(text).map_err(|_| TooComplex),
        }
    }

    /// The groups of a match, from the first on.
    pub(super) fn groups<'t>(
        &self,
        text: &'t str,
    ) -> Result<Option<Vec<Option<&'t str>>>, TooComplex> {
        Ok(match self {
            Self::Linear(regex) => regex.captures(text).map(|found| {
                found.iter().skip(1).map(|group| group.map(|group| group.as_str())).collect()
            }),
            Self::Trying(regex) => regex.captures(text).map_err(|_| TooComplex)?.map(|found| {
                found.iter().skip(1).map(|group| group.map(|group| group.as_str())).collect()
            }),
        })
    }
}
