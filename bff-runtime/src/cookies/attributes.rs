use std::{
    fmt::{self, Write},
    time::SystemTime,
};

use super::date;

/// Which requests from other sites carry the cookie (RFC 6265bis section 4.1.2.7).
///
/// ```
/// use bff::cookies::{Cookie, SameSite};
///
/// let cookie = Cookie::build("id", "7").same_site(SameSite::Strict).build()?;
/// assert_eq!(cookie.to_string(), "id=7; Path=/; SameSite=strict");
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SameSite {
    /// None of them, not even a link that a person follows.
    Strict,
    /// Only navigation by a safe method, such as a link. What browsers assume for a cookie that says nothing.
    Lax,
    /// All of them. Needs `Secure`.
    None,
}

/// Which cookies a browser that has too many keeps longest. Chromium's own; others ignore it.
///
/// ```
/// use bff::cookies::{Cookie, Priority};
///
/// let cookie = Cookie::build("id", "7").priority(Priority::High).build()?;
/// assert_eq!(cookie.to_string(), "id=7; Path=/; Priority=high");
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Priority {
    /// Goes first.
    Low,
    /// What a cookie has that says nothing.
    Medium,
    /// Goes last.
    High,
}

/// Everything but name and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) path: Option<String>,
    /// Without the leading dot that browsers ignore (section 4.1.2.3), in lower case.
    pub(super) domain: Option<String>,
    /// In seconds. It wins over `expires` (section 4.1.2.2, RH-163).
    pub(super) max_age: Option<i64>,
    pub(super) expires: Option<SystemTime>,
    pub(super) secure: bool,
    pub(super) http_only: bool,
    pub(super) same_site: Option<SameSite>,
    pub(super) partitioned: bool,
    pub(super) priority: Option<Priority>,
}

impl Attributes {
    pub(super) const NONE: Self = Self {
        path: None,
        domain: None,
        max_age: None,
        expires: None,
        secure: false,
        http_only: false,
        same_site: None,
        partitioned: false,
        priority: None,
    };

    /// Appends the attributes in the order of RH-162.
    pub(super) fn write(&self, out: &mut impl Write, now: SystemTime) -> fmt::Result {
        let Self {
            path,
            domain,
            max_age,
            expires,
            secure,
            http_only,
            same_site,
            partitioned,
            priority,
        } = self;
        if let Some(path) = path {
            write!(out, "; Path={path}")?;
        }
        // RH-163: some old clients know `Expires` only, so a lifetime is written both ways. Zero is the
        // exception, it means "now" to whoever reads it.
        let expires = match max_age {
            Some(0) => None,
            Some(seconds) => Some(date::after(now, *seconds)),
            None => *expires,
        };
        if let Some(expires) = expires {
            write!(out, "; Expires={}", date::formatted(expires))?;
        }
        if let Some(seconds) = max_age {
            write!(out, "; Max-Age={seconds}")?;
        }
        if let Some(domain) = domain {
            write!(out, "; Domain={domain}")?;
        }
        if *secure {
            out.write_str("; Secure")?;
        }
        if *http_only {
            out.write_str("; HttpOnly")?;
        }
        if let Some(same_site) = same_site {
            write!(out, "; SameSite={}", same_site.as_str())?;
        }
        if *partitioned {
            out.write_str("; Partitioned")?;
        }
        if let Some(priority) = priority {
            write!(out, "; Priority={}", priority.as_str())?;
        }
        Ok(())
    }

    /// Whether a browser forgets the cookie at once (section 5.7, "expired").
    pub(super) fn are_expired(&self, now: SystemTime) -> bool {
        match (self.max_age, self.expires) {
            (Some(seconds), _) => seconds <= 0,
            (None, Some(expires)) => expires <= now,
            (None, None) => false,
        }
    }
}

/// RH-166, RH-167: both are written in lower case. Browsers read them without regard to case (section 5.6.7).
impl SameSite {
    const ALL: [Self; 3] = [Self::Strict, Self::Lax, Self::None];

    fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Lax => "lax",
            Self::None => "none",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(text))
    }
}

impl Priority {
    const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(text))
    }
}
