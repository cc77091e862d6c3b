//! What a handler does to its [`Cookies`].

use std::time::UNIX_EPOCH;

use super::{Cookie, CookieError, Cookies, EncryptedCookies, KeyRing, SignedCookies, name::Prefix};

impl Cookies {
    /// Sets a cookie on the response; it is read back from now on (RH-170). One of the same name, path and
    /// domain that was set before is replaced (RH-171).
    ///
    /// ```
    /// # use bff::cookies::{Cookie, Cookies};
    /// let cookies = Cookies::default();
    /// cookies.set(Cookie::build("id", "7").session().build()?).delete("guest");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn set(&self, cookie: Cookie) -> &Self {
        self.state().set(cookie);
        self
    }

    /// Sets a cookie that has no attribute but `Path=/` (RH-161).
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// Cookies::default().set_value("theme", "dark")?.set_value("size", "2 m")?;
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Cookie::new`].
    pub fn set_value(
        &self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<&Self, CookieError> {
        Ok(self.set(Cookie::new(name, value)?))
    }

    /// Makes the client forget a cookie of `Path=/`, and each of this name that was set in this request with
    /// its own path and domain. A line is sent also when the client sent no such cookie (RH-168).
    ///
    /// A name that no cookie can have sends nothing.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// let cookies = Cookies::default();
    /// cookies.set_value("a", "1")?.delete("a");
    /// assert_eq!(cookies.get("a"), None);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn delete(&self, name: &str) -> &Self {
        self.state().delete(name);
        self
    }

    /// Makes the client forget the cookie that was set for this path and domain; a deletion without them does
    /// not reach it. The empty path is for a cookie without that attribute.
    ///
    /// A partitioned cookie needs more: [`set`](Self::set) it once more, with a lifetime of zero.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// let cookies = Cookies::default();
    /// cookies.delete_with("a", "/app", Some("example.com"))?.delete_with("a", "/", None)?;
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    ///
    /// # Errors
    /// When no cookie can have this name, path or domain.
    pub fn delete_with(
        &self,
        name: &str,
        path: &str,
        domain: Option<&str>,
    ) -> Result<&Self, CookieError> {
        let mut builder = Cookie::build(name, "").path(path).secure(Prefix::of(name).is_some());
        if let Some(domain) = domain {
            builder = builder.domain(domain);
        }
        let removal = builder.expires(UNIX_EPOCH).build()?;
        Ok(self.set(removal))
    }

    /// Deletes every cookie that there is, as [`delete`](Self::delete) does.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// assert!(Cookies::default().set_value("a", "1")?.clear().is_empty());
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn clear(&self) -> &Self {
        self.state().clear();
        self
    }

    /// The same cookies with values that only this server can write; see [`SignedCookies`].
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// let keys = KeyRing::random()?;
    /// assert_eq!(Cookies::default().signed(&keys).get("cart"), None);
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    pub fn signed<'a>(&'a self, keys: &'a KeyRing) -> SignedCookies<'a> {
        SignedCookies::new(self, keys)
    }

    /// The same cookies with values that only this server can read or write; see [`EncryptedCookies`].
    ///
    /// ```
    /// # use bff::cookies::{Cookies, KeyRing};
    /// let keys = KeyRing::random()?;
    /// assert_eq!(Cookies::default().encrypted(&keys).get("token"), None);
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    pub fn encrypted<'a>(&'a self, keys: &'a KeyRing) -> EncryptedCookies<'a> {
        EncryptedCookies::new(self, keys)
    }
}
