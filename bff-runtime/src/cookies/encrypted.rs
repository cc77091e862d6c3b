use cookie::{CookieJar, Key};

use super::{
    Cookie, CookieError, Cookies, KeyRing,
    sealed::{Seal, Sealed},
};

/// [`Cookies`] whose values only this server can read or write. The client can still send an old one again.
///
/// ```
/// use bff::cookies::{Cookies, KeyRing};
///
/// let keys = KeyRing::random()?;
/// let cookies = Cookies::default();
/// cookies.encrypted(&keys).set_value("token", "5ecret")?;
/// assert_eq!(cookies.encrypted(&keys).get("token").as_deref(), Some("5ecret"));
/// assert!(!cookies.get("token").unwrap().contains("5ecret"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The wire has nonce, cipher text and tag (AES-256-GCM, bound to the name) as URL-safe base64: a third more than
/// the value, and 38 bytes. The length of the value is not hidden. Nonces are random, so one key is good for four
/// thousand million cookies (NIST SP 800-38D section 8.3).
#[derive(Clone, Copy, Debug)]
pub struct EncryptedCookies<'a>(Sealed<'a, Encryption>);

impl<'a> EncryptedCookies<'a> {
    pub(super) fn new(cookies: &'a Cookies, keys: &'a KeyRing) -> Self {
        Self(Sealed::new(cookies, keys, Encryption))
    }

    /// The value of a cookie, when one of the keys has encrypted it for this name.
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// let keys = KeyRing::random()?;
    /// let cookies = Cookies::default();
    /// cookies.set_value("token", "made up")?;
    /// assert_eq!(cookies.encrypted(&keys).get("token"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name)
    }

    /// As [`Cookies::set`], with the value encrypted by the first key.
    ///
    /// ```
    /// # use bff::cookies::{Cookie, Cookies, KeyRing};
    /// let keys = KeyRing::random()?;
    /// let cookies = Cookies::default();
    /// cookies.encrypted(&keys).set(Cookie::build("__Host-id", "7").session().build()?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the cookie is too large once encrypted; see [`CookieError::is_too_large`].
    pub fn set(&self, cookie: Cookie) -> Result<&Self, CookieError> {
        self.0.set(cookie)?;
        Ok(self)
    }

    /// As [`Cookies::set_value`], with the value encrypted by the first key.
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// Cookies::default().encrypted(&KeyRing::random()?).set_value("token", "5ecret")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Cookie::new`], and when the cookie is too large once encrypted.
    pub fn set_value(
        &self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<&Self, CookieError> {
        self.set(Cookie::new(name, value)?)
    }

    /// As [`Cookies::delete`].
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// Cookies::default().encrypted(&KeyRing::random()?).delete("token");
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    pub fn delete(&self, name: &str) -> &Self {
        self.0.delete(name);
        self
    }
}

impl KeyRing {
    /// What [`EncryptedCookies::set`] puts on the wire for this value, for those who keep the cookie themselves.
    pub(crate) fn encrypt(&self, name: &str, value: &str) -> String {
        Encryption.seal(self.first(), name, value)
    }

    /// The value again, when one of the keys has encrypted it for this name.
    pub(crate) fn decrypt(&self, name: &str, sealed: &str) -> Option<String> {
        self.find(|key| Encryption.open(key, name, sealed))
    }
}

#[derive(Clone, Copy, Debug)]
struct Encryption;

/// The jar's base64 has three characters that are percent-encoded on the wire, as many of them as chance will have.
/// In the other alphabet, without padding (RFC 4648 section 5), the length depends on that of the value alone.
impl Seal for Encryption {
    fn seal(&self, key: &Key, name: &str, value: &str) -> String {
        let mut jar = CookieJar::new();
        jar.private_mut(key).add(cookie::Cookie::new(name.to_owned(), value.to_owned()));
        let sealed = jar.get(name).map_or("", cookie::Cookie::value);
        sealed.trim_end_matches('=').replace('+', "-").replace('/', "_")
    }

    fn open(&self, key: &Key, name: &str, sealed: &str) -> Option<String> {
        // Written in two ways it would be two values, one of which was not sealed.
        if sealed.contains(['+', '/', '=']) {
            return None;
        }
        let mut sealed = sealed.replace('-', "+").replace('_', "/");
        sealed.extend(std::iter::repeat_n('=', sealed.len().wrapping_neg() % 4));
        let sealed = cookie::Cookie::new(name.to_owned(), sealed);
        CookieJar::new().private(key).decrypt(sealed).map(|it| it.value().to_owned())
    }
}
