use std::time::{Duration, UNIX_EPOCH};

use crate::{
    cookies::{Cookie, CookieBuilder, CookieError, SameSite},
    env::Mode,
};

/// How the cookie of a session looks where the program runs.
#[derive(Clone, Debug)]
pub(super) struct Look {
    name: String,
    same_site: SameSite,
    mode: Mode,
}

/// What begins a name that browsers keep to HTTPS (RFC 6265bis section 4.1.3).
const PREFIXES: [&str; 2] = ["__Host-", "__Secure-"];

impl Look {
    pub(super) fn in_mode(mode: Mode) -> Self {
        // With the prefix no other host of the domain can set it (RFC 6265bis section 4.1.3.2).
        Self { name: "__Host-session".to_owned(), same_site: SameSite::Lax, mode }
    }

    /// The same under another name, when a browser takes it in every mode.
    pub(super) fn with_name(self, name: String) -> Result<Self, CookieError> {
        let look = Self { name, ..self };
        for mode in [Mode::Production, Mode::Development] {
            Self { mode, ..look.clone() }.removal()?;
        }
        Ok(look)
    }

    pub(super) fn with_same_site(self, same_site: SameSite) -> Self {
        Self { same_site, ..self }
    }

    /// As draft mode has it: on a developer's machine there is no HTTPS, and not every browser takes
    /// `http://localhost` for secure. Tests see what production does.
    fn is_secure(&self) -> bool {
        !self.mode.is_development()
    }

    pub(super) fn name(&self) -> &str {
        let is_prefix = |prefix: &&&str| {
            self.name.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(prefix))
        };
        let prefix = PREFIXES.iter().find(is_prefix).filter(|_| !self.is_secure());
        prefix.map_or(&self.name, |prefix| &self.name[prefix.len()..])
    }

    /// The cookie with this value, which is ready for the wire. Each is for as long as the session lasts, so one that
    /// is written later lasts longer (RH-406).
    pub(super) fn cookie(&self, value: String, age: Duration) -> Result<Cookie, CookieError> {
        self.built(|cookie| cookie.max_age(age))?.with_value(value)
    }

    /// The line that makes a browser forget it, with the same attributes.
    pub(super) fn removal(&self) -> Result<Cookie, CookieError> {
        self.built(|cookie| cookie.expires(UNIX_EPOCH))
    }

    fn built(
        &self,
        lifetime: impl FnOnce(CookieBuilder) -> CookieBuilder,
    ) -> Result<Cookie, CookieError> {
        let same_site = match self.same_site {
            // It needs `Secure` (RFC 6265bis section 5.7 step 19).
            SameSite::None if !self.is_secure() => SameSite::Lax,
            same_site => same_site,
        };
        let cookie = Cookie::build(self.name(), "").session();
        lifetime(cookie.secure(self.is_secure()).same_site(same_site)).build()
    }
}
