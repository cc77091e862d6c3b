//! What a [`Cookie`] says.

use std::time::SystemTime;

use super::{Cookie, Priority, SameSite};

impl Cookie {
    /// The name.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::new("theme", "dark")?.name(), "theme");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, decoded.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::parse_set_cookie("theme=dark%20red")?.value(), "dark red");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The path, when the line has one. Without one a browser takes the folder of the URL (RFC 6265bis section
    /// 5.1.4).
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::new("theme", "dark")?.path(), Some("/"));
    /// assert_eq!(Cookie::parse_set_cookie("theme=dark")?.path(), None);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn path(&self) -> Option<&str> {
        self.attributes.path.as_deref()
    }

    /// The domain, in lower case, when the cookie is not for this host alone.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// let cookie = Cookie::parse_set_cookie("theme=dark; Domain=.Example.com")?;
    /// assert_eq!(cookie.domain(), Some("example.com"));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn domain(&self) -> Option<&str> {
        self.attributes.domain.as_deref()
    }

    /// The lifetime in seconds; zero and less delete the cookie. It wins over [`expires`](Self::expires).
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::parse_set_cookie("theme=dark; Max-Age=60")?.max_age(), Some(60));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn max_age(&self) -> Option<i64> {
        self.attributes.max_age
    }

    /// When the cookie ends, when that was set or read. The one that is written beside a `Max-Age` is computed
    /// at that time.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// use std::time::UNIX_EPOCH;
    ///
    /// let cookie = Cookie::parse_set_cookie("theme=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")?;
    /// assert_eq!(cookie.expires(), Some(UNIX_EPOCH));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn expires(&self) -> Option<SystemTime> {
        self.attributes.expires
    }

    /// Whether it is sent over secure connections only.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert!(Cookie::parse_set_cookie("theme=dark; secure")?.is_secure());
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn is_secure(&self) -> bool {
        self.attributes.secure
    }

    /// Whether it is hidden from scripts.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert!(!Cookie::new("theme", "dark")?.is_http_only());
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn is_http_only(&self) -> bool {
        self.attributes.http_only
    }

    /// Which requests from other sites carry it, when the line says so.
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert_eq!(Cookie::new("theme", "dark")?.same_site(), None);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn same_site(&self) -> Option<SameSite> {
        self.attributes.same_site
    }

    /// Whether each site that embeds this one has its own (CHIPS).
    ///
    /// ```
    /// # use bff::cookies::Cookie;
    /// assert!(Cookie::parse_set_cookie("theme=dark; Secure; Partitioned")?.is_partitioned());
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn is_partitioned(&self) -> bool {
        self.attributes.partitioned
    }

    /// How long a browser with too many cookies keeps it, when the line says so.
    ///
    /// ```
    /// # use bff::cookies::{Cookie, Priority};
    /// assert_eq!(Cookie::parse_set_cookie("a=1; Priority=High")?.priority(), Some(Priority::High));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn priority(&self) -> Option<Priority> {
        self.attributes.priority
    }
}
