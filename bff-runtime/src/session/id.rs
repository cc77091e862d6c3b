use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::StoreKey;
use crate::Error;

/// The characters of an [`Id`] as text.
const TEXT: usize = 22;

/// What a session is known by: 128 random bits (ASVS 7.2.3). Whoever knows it has the session, so it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Id([u8; 16]);

impl Id {
    pub(super) fn random() -> Result<Self, Error> {
        let mut octets = [0; 16];
        getrandom::fill(&mut octets)
            .map_err(|error| Error::msg(format_args!("no randomness for a session: {error}")))?;
        Ok(Self(octets))
    }

    /// From the start of a text, with what follows it.
    pub(super) fn read(text: &str) -> Option<(Self, &str)> {
        let (id, rest) = text.split_at_checked(TEXT)?;
        let octets = BASE64_URL_SAFE_NO_PAD.decode(id).ok()?;
        Some((Self(octets.try_into().ok()?), rest))
    }

    pub(super) fn to_text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// Where the session with this id is kept.
pub(super) fn session_key(id: &Id) -> StoreKey {
    key("session", &id.0)
}

/// Where it stands that the session with this id, which is in a cookie, has ended.
pub(super) fn ended_key(id: &Id) -> StoreKey {
    key("ended", &id.0)
}

/// Where it stands which sessions of this user have ended.
pub(super) fn user_key(user: &str) -> StoreKey {
    key("user", user.as_bytes())
}

/// Hashed, so that nobody who reads a store has a session by it. An id needs no slow hash and no salt: nobody guesses 128
/// bits.
fn key(kind: &str, octets: &[u8]) -> StoreKey {
    let hash = Sha256::new().chain_update(kind).chain_update([0]).chain_update(octets).finalize();
    StoreKey::new(hash.into())
}
