//! The hash function, without threads.

use std::fmt::Display;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier,
    password_hash::{Error as HashError, phc::PasswordHash},
};

use super::Verdict;
use crate::error::{Error, Result};

/// Blocks of 1 KiB, and passes over them (OWASP Password Storage Cheat Sheet, Argon2id).
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// What a stored hash may ask for. It comes from a database, and the memory is asked of the system at once.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;

fn argon() -> Argon2<'static> {
    // One lane; the other numbers of a `Params` are fine as they are.
    Params::new(MEMORY, PASSES, 1, None).unwrap_or_default().into()
}

/// What whoever is not known is measured against: as much work as a hash of today, and no password is known for it.
const NOBODYS: &str = "\
    $argon2id$v=19$m=19456,t=2,p=1$U5ur2VCQbGDwHHooEypjCA$8ze1KW60J0wirKiHthVX6jvKmhWlE2PWXWIdnQrKRFg";

pub(super) fn hash(password: &[u8]) -> Result<String> {
    let hash = argon().hash_password(password);
    let cannot = |error| Error::msg(format_args!("a password hash cannot be made: {error}"));
    Ok(hash.map_err(cannot)?.to_string())
}

pub(super) fn verify(password: &[u8], stored: Option<&str>) -> Result<Verdict> {
    let Some(stored) = stored else {
        // The work is the point, whatever comes of it.
        let _ = verdict(password, NOBODYS)?;
        return Ok(Verdict::Wrong);
    };
    verdict(password, stored)
}

fn verdict(password: &[u8], stored: &str) -> Result<Verdict> {
    let stored = PasswordHash::new(stored).map_err(unreadable)?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(unreadable)?;
    let params = Params::try_from(&stored).map_err(unreadable)?;
    if params.m_cost() > MOST_MEMORY || params.t_cost() > MOST_PASSES {
        return Err(Error::msg("a password hash that is stored asks for too much work"));
    }
    match argon().verify_password(password, &stored) {
        Ok(()) => {}
        Err(HashError::PasswordInvalid) => return Ok(Verdict::Wrong),
        Err(error) => return Err(unreadable(error)),
    }
    let is_weaker = algorithm != Algorithm::Argon2id
        || params.m_cost() < MEMORY
        || params.t_cost() < PASSES
        || stored.version != Some(argon2::Version::V0x13.into());
    Ok(if is_weaker { Verdict::Outdated } else { Verdict::Right })
}

/// The error says what is wrong with the hash, and has nothing of it.
fn unreadable(error: impl Display) -> Error {
    Error::msg(format_args!("a password hash that is stored cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash by other rules than today's.
    fn hash_with(algorithm: Algorithm, memory: u32, passes: u32) -> String {
        let params = Params::new(memory, passes, 1, None).unwrap();
        let argon = Argon2::new(algorithm, argon2::Version::V0x13, params);
        argon.hash_password_with_salt(b"open sesame", b"0123456789abcdef").unwrap().to_string()
    }

    #[test]
    fn a_hash_says_how_it_was_made_and_is_never_the_same_twice() {
        let hashes = [hash(b"open sesame").unwrap(), hash(b"open sesame").unwrap()];
        assert_ne!(hashes[0], hashes[1]);
        for hash in &hashes {
            assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
            assert_eq!(verify(b"open sesame", Some(hash)).unwrap(), Verdict::Right);
            for wrong in [&b"open sesamf"[..], b"open sesame ", b"Open sesame", b""] {
                assert_eq!(verify(wrong, Some(hash)).unwrap(), Verdict::Wrong);
            }
        }
    }

    #[test]
    fn a_hash_that_is_weaker_than_todays_is_outdated() {
        for (algorithm, memory, passes, verdict) in [
            (Algorithm::Argon2id, MEMORY, PASSES, Verdict::Right),
            (Algorithm::Argon2id, MEMORY + 8, PASSES + 1, Verdict::Right),
            (Algorithm::Argon2id, MEMORY - 8, PASSES, Verdict::Outdated),
            (Algorithm::Argon2id, MEMORY, PASSES - 1, Verdict::Outdated),
            (Algorithm::Argon2i, MEMORY, PASSES, Verdict::Outdated),
        ] {
            let stored = hash_with(algorithm, memory, passes);
            assert_eq!(verify(b"open sesame", Some(&stored)).unwrap(), verdict, "{stored}");
            assert_eq!(verify(b"another", Some(&stored)).unwrap(), Verdict::Wrong, "{stored}");
        }
    }

    #[test]
    fn nobody_has_a_password_and_takes_as_much_work() {
        for guess in [&b""[..], b"nobody's", b"open sesame"] {
            assert_eq!(verify(guess, None).unwrap(), Verdict::Wrong);
        }
        let stored = hash(b"open sesame").unwrap();
        let cost = |hash: &str| Params::try_from(&PasswordHash::new(hash).unwrap()).unwrap();
        assert_eq!(cost(NOBODYS), cost(&stored));
    }

    #[test]
    fn a_stored_hash_that_is_none_is_an_error_without_any_of_it() {
        let endless = hash(b"x").unwrap().replace("m=19456", "m=4194304");
        let slow = hash(b"x").unwrap().replace("t=2", "t=65");
        for stored in ["", "5ecret", "$argon2id$5ecret", "$2b$12$5ecret5ecret", &*endless, &slow] {
            let error = verify(b"x", Some(stored)).unwrap_err();
            assert_eq!(error.status(), 500, "{stored}");
            assert!(!error.to_string().contains("5ecret"), "{error}");
        }
    }
}
