use std::time::{Duration, SystemTime};

use super::{Cookie, CookieError, Priority, SameSite, attributes::Attributes, rules};

/// A [`Cookie`] whose attributes are still being set; [`Cookie::build`] starts one.
///
/// The methods take anything, in any order; [`build`](Self::build) then checks it all.
///
/// ```
/// use bff::cookies::{Cookie, Priority, SameSite};
///
/// let cookie = Cookie::build("s", "v")
///     .path("/p")
///     .domain("ex.com")
///     .secure(true)
///     .http_only(true)
///     .same_site(SameSite::Strict)
///     .partitioned(true)
///     .priority(Priority::High)
///     .build()?;
/// assert_eq!(
///     cookie.to_string(),
///     "s=v; Path=/p; Domain=ex.com; Secure; HttpOnly; SameSite=strict; Partitioned; Priority=high"
/// );
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a cookie is made by `build`"]
pub struct CookieBuilder {
    /// Not checked yet.
    cookie: Cookie,
}

impl CookieBuilder {
    pub(super) fn new(name: String, value: String) -> Self {
        // RH-161, RH-165: without a word about it, a cookie is for the whole host.
        let attributes = Attributes { path: Some("/".to_owned()), ..Attributes::NONE };
        Self { cookie: Cookie { name, value, attributes } }
    }

    pub(super) fn from_cookie(cookie: Cookie) -> Self {
        Self { cookie }
    }

    /// The path, with everything below it, that the cookie is for; `/` when it is not set (RH-165). The empty
    /// string leaves the attribute out: a browser then takes the folder of the URL that was asked for.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::build("a", "1").path("/app").build()?.to_string(), "a=1; Path=/app");
    /// assert_eq!(Cookie::build("a", "1").path("").build()?.to_string(), "a=1");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.cookie.attributes.path = Some(path.into()).filter(|it| !it.is_empty());
        self
    }

    /// The domain that the cookie is for, with all its hosts. Without one the cookie is for this host alone,
    /// which is the safer choice.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::build("a", "1").domain("example.com").build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; Domain=example.com");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn domain(mut self, domain: impl AsRef<str>) -> Self {
        // RFC 6265bis section 4.1.2.3: a leading dot changes nothing, and is not permitted.
        let domain = domain.as_ref();
        let domain = domain.strip_prefix('.').unwrap_or(domain);
        self.cookie.attributes.domain = Some(domain.to_ascii_lowercase());
        self
    }

    /// How long the cookie lives, in whole seconds; a part of a second counts as one. Without a lifetime it
    /// lives until the browser is closed. Browsers cut it to 400 days (section 5.5).
    ///
    /// It is written as `Max-Age` and as an `Expires` that is computed when the line is written (RH-163). It
    /// takes the place of [`expires`](Self::expires).
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// use std::time::Duration;
    ///
    /// let cookie = Cookie::build("a", "1").max_age(Duration::from_secs(60)).build()?;
    /// assert!(cookie.to_string().starts_with("a=1; Path=/; Expires="));
    /// assert!(cookie.to_string().ends_with(" GMT; Max-Age=60"));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn max_age(self, age: Duration) -> Self {
        // Rounded down, half a second would delete the cookie.
        let seconds = age.as_secs().saturating_add(u64::from(age.subsec_nanos() > 0));
        self.max_age_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    /// As [`max_age`](Self::max_age), in seconds. Zero deletes the cookie, and so does a negative number.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::build("a", "").max_age_seconds(0).build()?;
    /// assert_eq!(cookie.to_string(), "a=; Path=/; Max-Age=0");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn max_age_seconds(mut self, seconds: i64) -> Self {
        self.cookie.attributes.max_age = Some(seconds);
        self
    }

    /// When the cookie ends (RH-164); anything that becomes a [`SystemTime`].
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// use std::time::UNIX_EPOCH;
    ///
    /// let cookie = Cookie::build("a", "").expires(UNIX_EPOCH).build()?;
    /// assert_eq!(cookie.to_string(), "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn expires(mut self, time: impl Into<SystemTime>) -> Self {
        self.cookie.attributes.expires = Some(time.into());
        self
    }

    /// Whether the cookie is sent over HTTPS only. Most browsers take `http://localhost` for secure.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::build("__Secure-a", "1").secure(true).build()?;
    /// assert_eq!(cookie.to_string(), "__Secure-a=1; Path=/; Secure");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn secure(mut self, secure: bool) -> Self {
        self.cookie.attributes.secure = secure;
        self
    }

    /// Whether the cookie is hidden from scripts (section 4.1.2.6).
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::build("a", "1").http_only(true).build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; HttpOnly");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn http_only(mut self, http_only: bool) -> Self {
        self.cookie.attributes.http_only = http_only;
        self
    }

    /// Which requests from other sites carry the cookie. [`SameSite::None`] needs
    /// [`secure`](Self::secure) (RH-166).
    ///
    /// ```
    /// # use bff::cookies::{Cookie, SameSite};
    /// let cookie = Cookie::build("a", "1").same_site(SameSite::None).secure(true).build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; Secure; SameSite=none");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.cookie.attributes.same_site = Some(same_site);
        self
    }

    /// Whether each site that embeds this one has its own cookie (CHIPS). Needs [`secure`](Self::secure).
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::build("a", "1").partitioned(true).secure(true).build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; Secure; Partitioned");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn partitioned(mut self, partitioned: bool) -> Self {
        self.cookie.attributes.partitioned = partitioned;
        self
    }

    /// How long a browser with too many cookies keeps this one.
    ///
    /// ```
    /// # use bff::cookies::{Cookie, Priority};
    /// let cookie = Cookie::build("a", "1").priority(Priority::Low).build()?;
    /// assert_eq!(cookie.to_string(), "a=1; Path=/; Priority=low");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn priority(mut self, priority: Priority) -> Self {
        self.cookie.attributes.priority = Some(priority);
        self
    }

    /// What is recommended for a cookie that says who the user is (RH-184): `HttpOnly`, `Secure`,
    /// `SameSite=lax` and `Path=/`. It has no lifetime yet; and a name with `__Host-` makes browsers hold the
    /// server to it.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::build("__Host-id", "7").session().build()?;
    /// assert_eq!(cookie.to_string(), "__Host-id=7; Path=/; Secure; HttpOnly; SameSite=lax");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn session(self) -> Self {
        self.http_only(true).secure(true).same_site(SameSite::Lax).path("/")
    }

    /// The cookie.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::build("a", "1").build()?, Cookie::new("a", "1")?);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    ///
    /// # Errors
    /// When a browser would not keep it, or would not do what it says; [`CookieError`] has the reasons.
    pub fn build(self) -> Result<Cookie, CookieError> {
        let Cookie { name, value, mut attributes } = self.cookie;
        if attributes.max_age.is_some() {
            attributes.expires = None;
        }
        rules::well_formed(&name, &value, &attributes)?;
        Ok(Cookie { name, value, attributes })
    }
}
