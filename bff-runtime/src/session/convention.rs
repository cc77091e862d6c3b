//! The sessions of an app that says nothing about them.

use std::sync::OnceLock;

use super::Sessions;
use crate::{
    cookies::{KeyError, KeyRing},
    env::{self, Mode},
    error::Result,
};

/// The environment variable that has their keys.
pub(super) const VARIABLE: &str = "SESSION_KEYS";

/// In cookies, with the keys of the environment.
///
/// # Errors
/// 500 when there are none that can be used; the log says why.
pub(super) fn sessions() -> Result<Sessions> {
    static SESSIONS: OnceLock<Result<Sessions, KeyError>> = OnceLock::new();
    let sessions = SESSIONS.get_or_init(|| from(KeyRing::from_var(VARIABLE), env::mode()));
    Ok(sessions.clone()?)
}

/// At a developer's desk keys would be one more thing to set up. Keys that are there and no good are a mistake in every
/// mode.
fn from(keys: Result<KeyRing, KeyError>, mode: Mode) -> Result<Sessions, KeyError> {
    let keys = match keys {
        Err(error) if error.is_missing() && mode.is_development() => {
            tracing::warn!(
                "sessions end with this process, as `{VARIABLE}` is not set; \
                 `openssl rand -base64 32` makes a key for it"
            );
            KeyRing::random()?
        }
        keys => keys?,
    };
    Ok(Sessions::cookie(keys))
}

/// What is wrong with the keys of the environment, if they are set. An app without sessions need not have any.
pub(crate) fn mistake() -> Option<String> {
    mistake_of(KeyRing::from_var(VARIABLE))
}

fn mistake_of(keys: Result<KeyRing, KeyError>) -> Option<String> {
    keys.err().filter(|error| !error.is_missing()).map(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_5_22_without_keys_there_are_sessions_in_development_alone() {
        let missing = || KeyRing::from_var("NO_SUCH_VARIABLE");
        let short = || "c2VjcmV0".parse::<KeyRing>();
        let good = || KeyRing::new([1; 32]);
        for (mode, is_random) in
            [(Mode::Development, true), (Mode::Production, false), (Mode::Test, false)]
        {
            assert_eq!(from(missing(), mode).is_ok(), is_random, "{mode}");
            assert!(from(short(), mode).unwrap_err().is_too_short(), "{mode}");
            assert!(from(good(), mode).is_ok(), "{mode}");
        }
    }

    #[test]
    fn security_5_22_keys_that_are_set_and_no_good_stop_the_start() {
        assert_eq!(mistake_of(KeyRing::new([1; 32])), None);
        assert_eq!(mistake_of(KeyRing::from_var("NO_SUCH_VARIABLE")), None);
        let mistake = mistake_of("c2VjcmV0".parse()).unwrap();
        assert_eq!(mistake, "key 1 has 6 bytes, fewer than 32");
    }
}
