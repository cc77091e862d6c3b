use cookie::{CookieJar, Key};

use super::{
    Cookie, CookieError, Cookies, KeyRing,
    sealed::{Seal, Sealed},
};

/// [`Cookies`] whose values only this server can write. The client can still read them, and send an old one
/// again.
///
/// ```
/// use bff::cookies::{Cookies, KeyRing};
///
/// let keys = KeyRing::random()?;
/// let cookies = Cookies::default();
/// cookies.signed(&keys).set_value("cart", "7")?;
/// assert_eq!(cookies.signed(&keys).get("cart").as_deref(), Some("7"));
///
/// // The signature is for this name alone.
/// let stolen = cookies.get("cart").unwrap();
/// cookies.set_value("user", stolen)?;
/// assert_eq!(cookies.signed(&keys).get("user"), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The wire has a signature (HMAC-SHA256, as base64) in front of the value.
#[derive(Clone, Copy, Debug)]
pub struct SignedCookies<'a>(Sealed<'a, Signature>);

impl<'a> SignedCookies<'a> {
    pub(super) fn new(cookies: &'a Cookies, keys: &'a KeyRing) -> Self {
        Self(Sealed::new(cookies, keys, Signature))
    }

    /// The value of a cookie, when one of the keys has signed it for this name.
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// let keys = KeyRing::random()?;
    /// let cookies = Cookies::default();
    /// cookies.set_value("user", "admin")?;
    /// assert_eq!(cookies.signed(&keys).get("user"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name)
    }

    /// As [`Cookies::set`], with the value signed by the first key.
    ///
    /// ```
    /// # use bff::cookies::{Cookie, Cookies, KeyRing};
    /// let keys = KeyRing::random()?;
    /// let cookies = Cookies::default();
    /// cookies.signed(&keys).set(Cookie::build("__Host-cart", "7").session().build()?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the cookie is too large with its signature; see [`CookieError::is_too_large`].
    pub fn set(&self, cookie: Cookie) -> Result<&Self, CookieError> {
        self.0.set(cookie)?;
        Ok(self)
    }

    /// As [`Cookies::set_value`], with the value signed by the first key.
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// Cookies::default().signed(&KeyRing::random()?).set_value("cart", "7")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Cookie::new`], and when the cookie is too large with its signature.
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
    /// Cookies::default().signed(&KeyRing::random()?).delete("cart");
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    pub fn delete(&self, name: &str) -> &Self {
        self.0.delete(name);
        self
    }
}

#[derive(Clone, Copy, Debug)]
struct Signature;

/// The characters of a signature.
const SIGNATURE: usize = 44;

/// The jar signs values alone, so that one could be moved to another name. It is given name and value; the name
/// is not sent, the cookie has it already. No name has an equals sign, so no other pair reads the same.
impl Seal for Signature {
    fn seal(&self, key: &Key, name: &str, value: &str) -> String {
        let mut jar = CookieJar::new();
        jar.signed_mut(key).add(cookie::Cookie::new(name.to_owned(), format!("{name}={value}")));
        let sealed = jar.get(name).map_or("", cookie::Cookie::value);
        format!("{}{value}", sealed.get(..SIGNATURE).unwrap_or_default())
    }

    fn open(&self, key: &Key, name: &str, sealed: &str) -> Option<String> {
        let (signature, value) = sealed.split_at_checked(SIGNATURE)?;
        let whole = cookie::Cookie::new(name.to_owned(), format!("{signature}{name}={value}"));
        CookieJar::new().signed(key).verify(whole).map(|_| value.to_owned())
    }
}
