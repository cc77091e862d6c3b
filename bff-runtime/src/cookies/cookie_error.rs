use std::fmt;

use super::name::Prefix;

/// A cookie that no browser would keep, or that cannot be written.
///
/// It names the cookie and never its value, so it may be logged. In a handler `?` makes it a 500: it is a
/// mistake of the program, not of the client.
///
/// ```
/// use bff::cookies::{Cookie, SameSite};
///
/// let error = Cookie::build("theme", "dark").same_site(SameSite::None).build().unwrap_err();
/// assert!(error.is_contradiction());
/// assert_eq!(error.to_string(), "cookie `theme`: `SameSite=None` needs `Secure`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieError {
    name: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    NoName,
    NameCharacter(char),
    TooLarge { octets: usize },
    AttributeTooLong { attribute: &'static str, octets: usize },
    Attribute { attribute: &'static str, reason: &'static str },
    SameSiteNoneNeedsSecure,
    PartitionedNeedsSecure,
    Prefix { prefix: Prefix, rule: &'static str },
    ControlCharacter,
}

impl CookieError {
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        // The name may be the very thing that is wrong, and come from anywhere.
        let mut name = name.escape_debug().to_string();
        if let Some((end, _)) = name.char_indices().nth(64) {
            name.truncate(end);
            name.push('…');
        }
        Self { name, kind }
    }

    /// The name of the cookie, escaped, and shortened when it is very long.
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// assert_eq!(Cookie::new("a\nb", "").unwrap_err().name(), r"a\nb");
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the name is empty or no token (RFC 6265bis section 4.1.1).
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// assert!(Cookie::new("bad name;", "v").unwrap_err().is_invalid_name());
    /// ```
    pub fn is_invalid_name(&self) -> bool {
        matches!(self.kind, Kind::NoName | Kind::NameCharacter(_))
    }

    /// Whether name and encoded value are longer than 4096 bytes, or an attribute longer than 1024: browsers
    /// ignore those (section 5.6).
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// assert!(Cookie::new("a", "v".repeat(4096)).unwrap_err().is_too_large());
    /// ```
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind, Kind::TooLarge { .. } | Kind::AttributeTooLong { .. })
    }

    /// Whether path or domain cannot be what it was set to.
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// assert!(Cookie::build("a", "").path("x;y").build().unwrap_err().is_invalid_attribute());
    /// ```
    pub fn is_invalid_attribute(&self) -> bool {
        matches!(self.kind, Kind::Attribute { .. } | Kind::ControlCharacter)
    }

    /// Whether each attribute is right but browsers refuse them together, or under this name (section 5.7).
    ///
    /// ```
    /// use bff::cookies::Cookie;
    ///
    /// assert!(Cookie::new("__Host-id", "7").unwrap_err().is_contradiction());
    /// ```
    pub fn is_contradiction(&self) -> bool {
        matches!(
            self.kind,
            Kind::SameSiteNoneNeedsSecure | Kind::PartitionedNeedsSecure | Kind::Prefix { .. }
        )
    }
}

impl fmt::Display for CookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind } = self;
        write!(f, "cookie `{name}`: ")?;
        match kind {
            Kind::NoName => f.write_str("a cookie needs a name"),
            Kind::NameCharacter(it) => write!(f, "{it:?} cannot stand in a name"),
            Kind::TooLarge { octets } => {
                write!(
                    f,
                    "name and value take {octets} bytes, more than the 4096 that browsers keep"
                )
            }
            Kind::AttributeTooLong { attribute, octets } => {
                write!(
                    f,
                    "`{attribute}` takes {octets} bytes, more than the 1024 that browsers read"
                )
            }
            Kind::Attribute { attribute, reason } => write!(f, "`{attribute}` {reason}"),
            Kind::SameSiteNoneNeedsSecure => f.write_str("`SameSite=None` needs `Secure`"),
            Kind::PartitionedNeedsSecure => f.write_str("`Partitioned` needs `Secure`"),
            Kind::Prefix { prefix, rule } => write!(f, "a name with `{}` {rule}", prefix.as_str()),
            Kind::ControlCharacter => f.write_str("the line has a control character"),
        }
    }
}

impl std::error::Error for CookieError {}
