use std::time::UNIX_EPOCH;

use crate::{
    cookies::{Cookie, CookieError, SameSite},
    env::Mode,
};

/// What the cookie says, and is signed to say; for everybody the same (RH-369).
pub(super) const ON: &str = "on";

/// How the cookie looks where the program runs (RH-368).
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) name: &'static str,
    is_secure: bool,
}

impl Look {
    /// A CMS shows the page in a frame of its own site, which needs `SameSite=none` and so `Secure`. On a
    /// developer's machine there is no HTTPS. Tests see what production does.
    pub(super) fn in_mode(mode: Mode) -> Self {
        if mode.is_development() {
            Self { name: "__bff_draft", is_secure: false }
        } else {
            // With the prefix no other host of the domain can set it (RFC 6265bis section 4.1.3.2).
            Self { name: "__Host-bff_draft", is_secure: true }
        }
    }

    /// The cookie that turns draft mode on until the browser is closed, to be signed.
    pub(super) fn on(self) -> Result<Cookie, CookieError> {
        self.build(ON, false)
    }

    /// The removal of it. With the same attributes (RH-370): a browser ignores a line without `SameSite=none`
    /// in a frame of another site.
    pub(super) fn off(self) -> Result<Cookie, CookieError> {
        self.build("", true)
    }

    fn build(self, value: &str, is_removal: bool) -> Result<Cookie, CookieError> {
        let same_site = if self.is_secure { SameSite::None } else { SameSite::Lax };
        let cookie = Cookie::build(self.name, value)
            .path("/")
            .secure(self.is_secure)
            .http_only(true)
            .same_site(same_site);
        if is_removal { cookie.expires(UNIX_EPOCH).build() } else { cookie.build() }
    }
}
