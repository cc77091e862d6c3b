use std::fmt;

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A value that nothing shows by accident: a key, a password, a token.
///
/// ```
/// use bff::Secret;
///
/// let key = Secret::new("open sesame".to_owned());
/// assert_eq!(format!("{key:?}"), "Secret([redacted])");
/// assert!(key.matches("open sesame"));
/// assert!(!key.matches("open barley"));
/// assert_eq!(key.expose().len(), 11);
/// ```
///
/// It has no `Display` and cannot be serialized, its `Debug` says nothing, and it is not `PartialEq`: `==` would take
/// longer the more of a guess is right. [`expose`](Self::expose) is the one way to the value, and a word to search a
/// program for. When it is dropped its memory is overwritten; copies that were made of what it exposes are not.
///
/// [`bff::env::secret`](crate::env::secret()) reads one from the environment. It can also be a field of a body, which
/// the client then sends as the plain value:
///
/// ```
/// use bff::{Json, Secret};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Login {
///     name: String,
///     password: Secret<String>,
/// }
///
/// let Json(login) = Json::<Login>::from_bytes(br#"{"name":"Ada","password":"s3cret"}"#)?;
/// assert_eq!(format!("{login:?}"), r#"Login { name: "Ada", password: Secret([redacted]) }"#);
/// # Ok::<(), bff::Error>(())
/// ```
///
/// ```compile_fail
/// let key = bff::Secret::new("open sesame".to_owned());
/// println!("{key}");
/// ```
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Wraps it up.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for whoever needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + AsRef<[u8]>> Secret<T> {
    /// Whether it is this, in a time that does not tell how much of it was right (security row 24): the bytes of both
    /// are compared to the end by `subtle`. Only a different length shows.
    ///
    /// ```
    /// use bff::{Request, RequestExt, Result, Secret, response::unauthorized};
    ///
    /// fn authorize(request: &Request, token: &Secret<String>) -> Result {
    ///     let sent = request.header("x-revalidate-token").unwrap_or_default();
    ///     if token.matches(&*sent) { Ok(()) } else { Err(unauthorized()) }
    /// }
    /// ```
    #[must_use]
    pub fn matches(&self, other: impl AsRef<[u8]>) -> bool {
        self.0.as_ref().ct_eq(other.as_ref()).into()
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize + Clone> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// Nothing of it.
impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

/// As the value.
impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use super::*;

    #[test]
    fn security_24_attack_24_a_secret_is_matched_by_all_of_its_bytes() {
        let secret = Secret::new(b"0123456789".to_vec());
        for (guess, is_it) in [
            (&b"0123456789"[..], true),
            (b"X123456789", false),
            (b"012345678X", false),
            (b"012345678", false),
            (b"01234567890", false),
            (b"", false),
        ] {
            assert_eq!(secret.matches(guess), is_it, "{guess:?}");
        }
    }

    #[test]
    fn security_24_nothing_of_a_secret_is_shown_or_inside_of_what_is_shown() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "it is only shown")]
        struct Settings {
            key: Secret<String>,
            bytes: Option<Secret<[u8; 4]>>,
        }
        let settings = Settings { key: "s3cret".into(), bytes: Some(Secret::new(*b"s3cr")) };
        for shown in [format!("{settings:?}"), format!("{settings:#?}")] {
            assert!(!shown.contains("s3cr") && !shown.contains("115"), "{shown}");
        }
    }

    #[test]
    fn security_24_a_dropped_secret_is_overwritten() {
        struct Watched(Arc<AtomicBool>);
        impl Zeroize for Watched {
            fn zeroize(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let overwritten = Arc::new(AtomicBool::new(false));
        let secret = Secret::new(Watched(Arc::clone(&overwritten)));
        assert!(!overwritten.load(Ordering::Relaxed));
        drop(secret);
        assert!(overwritten.load(Ordering::Relaxed));
    }
}
