//! What the builder and the environment say, as one value. The builder wins.

use std::{str::FromStr, time::Duration};

use super::{limits, logged_headers::LoggedHeaders};
use crate::{
    env,
    error::{Error, Result},
};

/// Finds the value of an environment variable; a parameter so that tests need not set any.
pub(super) type Lookup<'a> = &'a (dyn Fn(&str) -> Result<Option<String>> + Sync);

/// What the program has set in code.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chosen {
    pub(super) http2: Option<bool>,
    pub(super) drain: Option<Duration>,
    pub(super) keep_alive: Option<Duration>,
    pub(super) max_connections: Option<usize>,
    pub(super) access_log: Option<bool>,
    pub(super) access_log_headers: &'static [&'static str],
    pub(super) health: Option<bool>,
    pub(super) grace: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) http2: bool,
    pub(super) drain: Duration,
    pub(super) keep_alive: Duration,
    pub(super) max_connections: usize,
    pub(super) access_log: bool,
    pub(super) access_log_headers: LoggedHeaders,
    pub(super) health: bool,
    /// Between the signal and the end of the listener.
    pub(super) grace: Duration,
}

impl Settings {
    pub(super) fn new(chosen: Chosen, lookup: Lookup<'_>) -> Result<Self> {
        let Chosen { http2, drain, keep_alive, max_connections, health, grace, .. } = chosen;
        let health = chosen_or_flag(health, lookup, "BFF_HEALTH")?;
        Ok(Self {
            http2: chosen_or_flag(http2, lookup, "BFF_H2C")?,
            drain: match drain {
                Some(drain) => drain,
                None => variable(lookup, "BFF_DRAIN_TIMEOUT", "a number of seconds")?
                    .map_or(limits::DRAIN, Duration::from_secs),
            },
            keep_alive: match keep_alive {
                Some(keep_alive) => keep_alive,
                None => keep_alive_of_environment(lookup)?.unwrap_or(limits::KEEP_ALIVE),
            }
            .min(limits::LONGEST_KEEP_ALIVE),
            max_connections: max_connections.unwrap_or_else(limits::max_connections),
            access_log: chosen_or_flag(chosen.access_log, lookup, "BFF_ACCESS_LOG")?,
            access_log_headers: LoggedHeaders::new(chosen.access_log_headers)?,
            health,
            grace: match grace {
                Some(grace) => grace,
                None => variable(lookup, "BFF_GRACE", "a number of seconds")?
                    .map_or_else(|| default_grace(health), Duration::from_secs),
            }
            .min(limits::LONGEST_KEEP_ALIVE),
        })
    }
}

/// The lookup outside of tests. An empty value is the shell's way of saying "none".
pub(super) fn environment(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A variable read as `T`; the error says what it has to be, and not what it is.
pub(super) fn variable<T: FromStr>(
    lookup: Lookup<'_>,
    name: &str,
    expected: &str,
) -> Result<Option<T>> {
    let Some(value) = lookup(name)? else { return Ok(None) };
    match value.trim().parse() {
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(Error::msg(format!("environment variable `{name}` must be {expected}"))),
    }
}

/// Whoever asks whether the instance is ready needs the time to ask once more. Nobody does at the developer's desk,
/// where the end of a program is waited for.
fn default_grace(health: bool) -> Duration {
    if health && !env::mode().is_development() { limits::GRACE } else { Duration::ZERO }
}

fn chosen_or_flag(chosen: Option<bool>, lookup: Lookup<'_>, name: &str) -> Result<bool> {
    match chosen {
        Some(chosen) => Ok(chosen),
        None => flag(lookup, name),
    }
}

fn flag(lookup: Lookup<'_>, name: &str) -> Result<bool> {
    match lookup(name)?.as_deref().map(str::trim) {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(_) => Err(Error::msg(format!("environment variable `{name}` must be 1 or 0"))),
    }
}

/// Row DP-03: `KEEP_ALIVE_TIMEOUT` counts milliseconds, and a value that is no number is ignored.
fn keep_alive_of_environment(lookup: Lookup<'_>) -> Result<Option<Duration>> {
    let Some(value) = lookup("KEEP_ALIVE_TIMEOUT")? else { return Ok(None) };
    let timeout = value.trim().parse().ok().map(Duration::from_millis);
    if timeout.is_none() {
        tracing::warn!("`KEEP_ALIVE_TIMEOUT` is no number of milliseconds and is ignored");
    }
    Ok(timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(chosen: Chosen, variables: &[(&str, &str)]) -> Result<Settings, String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            Ok(found.map(|(_, value)| value.to_string()))
        };
        Settings::new(chosen, &lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn without_any_variable_the_defaults_hold() {
        let settings = settings(Chosen::default(), &[]).unwrap();
        assert!(!settings.http2);
        assert_eq!(settings.drain, Duration::from_secs(25));
        assert_eq!(settings.keep_alive, Duration::from_secs(60));
        assert!(!settings.access_log && !settings.health);
        assert_eq!(settings.grace, Duration::ZERO);
    }

    #[test]
    fn the_environment_sets_what_the_builder_leaves_open() {
        let variables = [
            ("BFF_H2C", "1"),
            ("BFF_DRAIN_TIMEOUT", "5"),
            ("KEEP_ALIVE_TIMEOUT", "9000"),
            ("BFF_ACCESS_LOG", "1"),
            ("BFF_HEALTH", "true"),
            ("BFF_GRACE", "7"),
        ];
        let found = settings(Chosen::default(), &variables).unwrap();
        assert!(found.http2);
        assert_eq!(found.drain, Duration::from_secs(5));
        assert_eq!(found.keep_alive, Duration::from_secs(9));
        assert!(found.access_log && found.health);
        assert_eq!(found.grace, Duration::from_secs(7));

        let second = Duration::from_secs(1);
        let chosen = Chosen {
            http2: Some(false),
            drain: Some(second),
            keep_alive: Some(second),
            max_connections: Some(7),
            access_log: Some(false),
            access_log_headers: &[],
            health: Some(false),
            grace: Some(second),
        };
        let expected = Settings {
            http2: false,
            drain: second,
            keep_alive: second,
            max_connections: 7,
            access_log: false,
            access_log_headers: LoggedHeaders::default(),
            health: false,
            grace: second,
        };
        assert_eq!(settings(chosen, &variables).unwrap(), expected);
    }

    #[test]
    fn a_keep_alive_without_end_does_not_overflow_the_clock() {
        let chosen = Chosen { keep_alive: Some(Duration::MAX), ..Chosen::default() };
        let found = settings(chosen, &[]).unwrap();
        assert!(std::time::Instant::now().checked_add(found.keep_alive).is_some());
    }

    #[test]
    fn a_bad_value_is_an_error_that_names_the_variable_alone() {
        for (name, expected) in
            [("BFF_H2C", "1 or 0"), ("BFF_HEALTH", "1 or 0"), ("BFF_GRACE", "a number of seconds")]
        {
            let error = settings(Chosen::default(), &[(name, "s3cret")]).unwrap_err();
            assert_eq!(error, format!("environment variable `{name}` must be {expected}"));
        }
    }

    #[test]
    fn dp_03_a_keep_alive_timeout_that_is_no_number_is_ignored() {
        for value in ["x", "-1", "1.5"] {
            let found = settings(Chosen::default(), &[("KEEP_ALIVE_TIMEOUT", value)]).unwrap();
            assert_eq!(found.keep_alive, limits::KEEP_ALIVE);
        }
    }
}
