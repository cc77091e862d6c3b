use std::{
    fmt::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

use http::HeaderValue;

use super::{
    CookieBuilder, CookieError, attributes::Attributes, name::Prefix, parse, rules, value::encoded,
};

/// A cookie on its way to the client: one `Set-Cookie` line.
///
/// ```
/// use bff::cookies::{Cookie, SameSite};
///
/// let plain = Cookie::new("theme", "dark & quiet")?;
/// assert_eq!(plain.to_string(), "theme=dark%20%26%20quiet; Path=/");
///
/// let session = Cookie::build("__Host-id", "31d4d96e407aad42").session().build()?;
/// assert_eq!(
///     session.to_string(),
///     "__Host-id=31d4d96e407aad42; Path=/; Secure; HttpOnly; SameSite=lax"
/// );
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
///
/// It always is one that a browser keeps; what would not be is refused when it is built.
///
/// In a handler it is set with [`Cookies::set`](super::Cookies::set), on a response in hand with
/// [`ResponseCookies`](super::ResponseCookies), or returned in a tuple, as in `(cookie, Json(post))`.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookie {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) attributes: Attributes,
}

impl Cookie {
    /// A cookie for all paths of this host, until the browser is closed: only `Path=/` is set (RH-161).
    ///
    /// The value may be any text, control characters and all: it is percent-encoded on the wire.
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// let cookie = Cookie::new("s", "v w;=,é")?;
    /// assert_eq!(cookie.to_string(), "s=v%20w%3B%3D%2C%C3%A9; Path=/");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    ///
    /// # Errors
    /// When the name is no token (RFC 6265bis section 4.1.1, RH-172), when it begins with `__Host-` or
    /// `__Secure-`, which need attributes, or when name and encoded value are longer than 4096 bytes.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Result<Self, CookieError> {
        Self::build(name, value).build()
    }

    /// A cookie with attributes.
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// let cookie = Cookie::build("theme", "dark").path("/app").max_age_seconds(0).build()?;
    /// assert_eq!(cookie.to_string(), "theme=dark; Path=/app; Max-Age=0");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn build(name: impl Into<String>, value: impl Into<String>) -> CookieBuilder {
        CookieBuilder::new(name.into(), value.into())
    }

    /// Reads a `Set-Cookie` line as a browser does (section 5.6): attributes that are unknown or malformed are
    /// passed over, and the last of several of the same name counts (RH-178).
    ///
    /// Takes text and header values alike.
    ///
    /// ```
    /// use bff::cookies::{Cookie, SameSite};
    ///
    /// let cookie = Cookie::parse_set_cookie("id=a%20b; path=/app; samesite=LAX; Weird=attr")?;
    /// assert_eq!((cookie.name(), cookie.value()), ("id", "a b"));
    /// assert_eq!(cookie.path(), Some("/app"));
    /// assert_eq!(cookie.same_site(), Some(SameSite::Lax));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    ///
    /// # Errors
    /// When a browser would not take the cookie: a control character, no name, more than 4096 bytes, or
    /// attributes that contradict each other. The name need not be a token.
    pub fn parse_set_cookie(line: impl AsRef<[u8]>) -> Result<Self, CookieError> {
        let cookie = parse::set_cookie(line.as_ref())?;
        rules::acceptable(&cookie.name, &cookie.value, &cookie.attributes)?;
        Ok(cookie)
    }

    /// A builder that starts from this cookie.
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// let cookie = Cookie::new("theme", "dark")?;
    /// let for_a_day = cookie.into_builder().max_age_seconds(86_400).build()?;
    /// assert_eq!(for_a_day.max_age(), Some(86_400));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn into_builder(self) -> CookieBuilder {
        CookieBuilder::from_cookie(self)
    }

    /// The line that makes a browser forget a cookie (RH-168): same name, path and domain, long expired
    /// (section 4.1.2).
    pub(super) fn removal(name: &str, path: Option<&str>, domain: Option<&str>) -> Self {
        let attributes = Attributes {
            path: path.map(str::to_owned),
            domain: domain.map(str::to_owned),
            expires: Some(UNIX_EPOCH),
            // The rules for prefixes hold for this line too; without `Secure` a browser ignores it.
            secure: Prefix::of(name).is_some(),
            ..Attributes::NONE
        };
        Self { name: name.to_owned(), value: String::new(), attributes }
    }

    /// The removal of exactly this cookie: a partitioned one is only found in its partition.
    pub(super) fn into_removal(self) -> Self {
        let Self { name, attributes: Attributes { path, domain, secure, partitioned, .. }, .. } =
            self;
        let expires = Some(UNIX_EPOCH);
        let attributes =
            Attributes { path, domain, secure, partitioned, expires, ..Attributes::NONE };
        Self { name, value: String::new(), attributes }
    }

    /// The same cookie with a value that is ready for the wire.
    pub(crate) fn with_value(self, value: String) -> Result<Self, CookieError> {
        rules::acceptable(&self.name, &value, &self.attributes)?;
        Ok(Self { value, ..self })
    }

    /// What makes it one cookie and not another (section 5.7 step 23, RH-171).
    pub(super) fn identity(&self) -> (&str, Option<&str>, Option<&str>) {
        (&self.name, self.domain(), self.path())
    }

    pub(super) fn is_expired(&self) -> bool {
        self.attributes.are_expired(SystemTime::now())
    }

    pub(super) fn to_header_value(&self) -> HeaderValue {
        // No cookie has a character that a header value cannot have; an empty line would set nothing.
        HeaderValue::try_from(self.to_string()).unwrap_or(HeaderValue::from_static(""))
    }

    fn write(&self, out: &mut impl Write, now: SystemTime) -> fmt::Result {
        write!(out, "{}={}", self.name, encoded(&self.value))?;
        self.attributes.write(out, now)
    }
}

/// The `Set-Cookie` line as of now, without the name of the header.
impl fmt::Display for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, SystemTime::now())
    }
}

/// The line without the value, which is often a secret.
impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cookie({}=…", self.name)?;
        self.attributes.write(f, SystemTime::now())?;
        f.write_char(')')
    }
}
