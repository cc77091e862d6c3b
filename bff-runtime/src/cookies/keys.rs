use std::{fmt, str::FromStr, sync::Arc};

use cookie::Key;

use super::{
    KeyError,
    key_error::Kind,
    key_text::{self, VARIABLE},
};

/// The keys of signed and encrypted cookies: the first one writes, all of them read.
///
/// That is how keys are changed without signing everybody out: put a new key in front, leave the old one behind
/// it for as long as the cookies live, then take it away.
///
/// ```
/// use bff::{State, cookies::{Cookie, Cookies, KeyRing}};
///
/// async fn sign_in(cookies: Cookies, State(keys): State<KeyRing>) -> bff::Result<&'static str> {
///     cookies.encrypted(&keys).set(Cookie::build("__Host-user", "7").session().build()?)?;
///     Ok("welcome")
/// }
/// # fn main() {}
/// ```
///
/// Keep it in the app's state, or in a part of it that `FromRef` gives. A clone is the same keys and costs
/// nothing. Of each secret two independent keys are derived (HKDF, RFC 5869): what signs never encrypts.
#[derive(Clone)]
pub struct KeyRing {
    /// Never empty.
    keys: Arc<[Key]>,
}

/// Fewer bytes than the hash has (RFC 2104 section 3) are refused.
const LEAST: usize = 32;

impl KeyRing {
    /// One key of 32 random bytes or more. A password is no key.
    ///
    /// ```
    /// use bff::cookies::KeyRing;
    ///
    /// let keys = KeyRing::new([7; 32])?; // random ones, of course
    /// assert_eq!(format!("{keys:?}"), "KeyRing(1 key)");
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// When there are fewer than 32 bytes.
    pub fn new(key: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::from_keys([key])
    }

    /// Several keys, the newest first.
    ///
    /// ```
    /// use bff::cookies::{Cookies, KeyRing};
    ///
    /// let (old, new) = ([1; 32], [2; 32]);
    /// let cookies = Cookies::default();
    /// cookies.signed(&KeyRing::new(old)?).set_value("id", "7")?;
    /// assert_eq!(cookies.signed(&KeyRing::new(new)?).get("id"), None);
    /// assert_eq!(cookies.signed(&KeyRing::from_keys([new, old])?).get("id").as_deref(), Some("7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is none, or one has fewer than 32 bytes.
    pub fn from_keys<K: AsRef<[u8]>>(keys: impl IntoIterator<Item = K>) -> Result<Self, KeyError> {
        let key = |(number, key): (usize, K)| match key.as_ref() {
            key if key.len() < LEAST => {
                Err(KeyError::new(Kind::TooShort { number, octets: key.len() }))
            }
            key => Ok(Key::derive_from(key)),
        };
        let keys: Arc<[Key]> = (1..).zip(keys).map(key).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(KeyError::new(Kind::NoKey)) } else { Ok(Self { keys }) }
    }

    /// The keys in the environment variable `BFF_KEYS`: one, or several with commas between them, the newest
    /// first, each as base64 or in hexadecimal, of 32 random bytes or more (`openssl rand -base64 32`). `.env` files
    /// count, see [`bff::env`](mod@crate::env).
    ///
    /// ```no_run
    /// let keys = bff::cookies::KeyRing::from_env()?;
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// When it is not set, or not as described. Better to stop the start of the program with it than to sign
    /// with a key that others may know.
    pub fn from_env() -> Result<Self, KeyError> {
        Self::from_var(VARIABLE)
    }

    /// As [`from_env`](Self::from_env), from another variable.
    ///
    /// ```
    /// assert!(bff::cookies::KeyRing::from_var("NO_SUCH_VARIABLE").is_err());
    /// ```
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_var(name: &str) -> Result<Self, KeyError> {
        let text = crate::env::var(name).map_err(|error| KeyError::new(Kind::Variable(error)))?;
        text.parse().map_err(|error: KeyError| error.of_variable(name))
    }

    /// A new random key that ends with the program, and what it wrote with it: for tests, and for development.
    ///
    /// ```
    /// use bff::cookies::{Cookies, KeyRing};
    ///
    /// let keys = KeyRing::random()?;
    /// let cookies = Cookies::default();
    /// cookies.encrypted(&keys).set_value("id", "7")?;
    /// assert_eq!(cookies.encrypted(&keys).get("id").as_deref(), Some("7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, KeyError> {
        let key = Key::try_generate().ok_or(KeyError::new(Kind::NoRandomness))?;
        Ok(Self { keys: Arc::new([key]) })
    }

    /// What writes.
    pub(super) fn first(&self) -> &Key {
        &self.keys[0]
    }

    /// The first answer that a key gives.
    pub(super) fn find<T>(&self, with: impl FnMut(&Key) -> Option<T>) -> Option<T> {
        self.keys.iter().find_map(with)
    }
}

/// As [`KeyRing::from_env`] reads its variable.
impl FromStr for KeyRing {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::from_keys(key_text::keys(text)?)
    }
}

/// How many there are, and nothing of them.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_keys = self.keys.len();
        write!(f, "KeyRing({n_keys} key{})", if n_keys == 1 { "" } else { "s" })
    }
}
