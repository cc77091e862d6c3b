use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{Extension, extract::FromRequestParts, middleware::AddExtension};
use http::{Extensions, request::Parts};
use tower::Layer;

use super::{
    MemoryStore, SessionStore,
    clock::{Clock, Time},
    convention,
    keeping::Keeping,
    look::Look,
    record::{Kept, Terms},
};
use crate::{
    cookies::{Cookie, CookieError, KeyError, KeyRing, SameSite},
    env,
    error::{Error, Result},
    observe::security_event,
};

/// How the sessions of an app are kept, and for how long.
///
/// An app that does not care needs none: without it sessions are in cookies, encrypted with the keys in the variable
/// `SESSION_KEYS`, for the times below. With one, it is a layer around the app:
///
/// ```no_run
/// use std::time::Duration;
/// use bff::{axum::Router, session::Sessions};
///
/// # async fn example(app: Router) -> bff::Result {
/// let sessions = Sessions::from_env()?.idle(Duration::from_secs(15 * 60));
/// bff::serve(app.layer(sessions)).await
/// # }
/// ```
///
/// | | unless it is set |
/// |---|---|
/// | [`idle`](Self::idle) | 30 minutes |
/// | [`absolute`](Self::absolute) | 12 hours |
/// | [`cookie_name`](Self::cookie_name) | `__Host-session`; in development `session`, without `Secure` |
/// | [`same_site`](Self::same_site) | `Lax` |
///
/// The cookie always is `HttpOnly`, `Path=/` and without a domain. In a handler this is an extractor, for
/// [`logout_everywhere`](Self::logout_everywhere).
#[derive(Clone, Debug)]
pub struct Sessions(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    keeping: Keeping,
    terms: Terms,
    look: Look,
    clock: Clock,
}

impl Sessions {
    /// Sessions in their cookies, encrypted and bound to the name of the cookie: nothing is kept on the server but
    /// which sessions have ended before their time.
    ///
    /// ```
    /// use bff::{cookies::KeyRing, session::Sessions};
    ///
    /// let sessions = Sessions::cookie(KeyRing::random()?);
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    ///
    /// # What it cannot do
    ///
    /// - A session has some 2,900 bytes, user and all; more is an error where it is set.
    /// - A client can send an older state of a live session again. What must not be played back, such as a credit that
    ///   was used, belongs in a database.
    /// - Of two responses on their way the one that arrives last decides.
    /// - Which sessions have ended is remembered in this process, 100,000 of them at a time, for as long as their cookies
    ///   could still be used, which is the idle time. After a new start, and on another instance, a copy of the cookie
    ///   of a session that was ended works until then. With [`ended_in`](Self::ended_in) all instances remember
    ///   together, and over a new start.
    pub fn cookie(keys: KeyRing) -> Self {
        Self::new(Keeping::Cookie { keys, ended: Arc::new(MemoryStore::default()) })
    }

    /// Sessions on the server. The cookie has a random id of 128 bits, of which the store knows a hash.
    ///
    /// ```
    /// use bff::session::{MemoryStore, Sessions};
    ///
    /// let sessions = Sessions::stored(MemoryStore::default());
    /// ```
    ///
    /// A session has up to 64 KiB. Of two requests that change it at the same time the later one decides, about all of
    /// it.
    pub fn stored(store: impl SessionStore) -> Self {
        Self::new(Keeping::Store(Arc::new(store)))
    }

    /// [`cookie`](Self::cookie) with the keys in the environment variable `SESSION_KEYS`, written as
    /// [`KeyRing::from_env`] has it: what an app without `Sessions` gets, except that a mistake stops the start.
    ///
    /// ```no_run
    /// let sessions = bff::session::Sessions::from_env()?;
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// When the variable is not set, also in development, or a key in it has fewer than 32 bytes.
    pub fn from_env() -> Result<Self, KeyError> {
        KeyRing::from_var(convention::VARIABLE).map(Self::cookie)
    }

    fn new(keeping: Keeping) -> Self {
        let terms = Terms {
            idle: Duration::from_secs(30 * 60),
            absolute: Duration::from_secs(12 * 60 * 60),
        };
        let look = Look::in_mode(env::mode());
        Self(Arc::new(Settings { keeping, terms, look, clock: Clock::default() }))
    }

    /// Where it is remembered which sessions in cookies have ended, in place of the memory of this process. With
    /// [`stored`](Self::stored) it changes nothing: there they are gone.
    ///
    /// ```
    /// use bff::{cookies::KeyRing, session::{MemoryStore, Sessions}};
    ///
    /// let sessions = Sessions::cookie(KeyRing::random()?).ended_in(MemoryStore::bounded(1_000, 1 << 20));
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    #[must_use]
    pub fn ended_in(self, store: impl SessionStore) -> Self {
        self.with(|it| {
            if let Keeping::Cookie { ended, .. } = &mut it.keeping {
                *ended = Arc::new(store);
            }
        })
    }

    /// How long a session lasts without a request (ASVS 7.3.1). The last request is known to a tenth of it, so that a
    /// session ends up to a tenth earlier.
    ///
    /// ```
    /// # use bff::{cookies::KeyRing, session::Sessions};
    /// use std::time::Duration;
    ///
    /// let sessions = Sessions::cookie(KeyRing::random()?).idle(Duration::from_secs(15 * 60));
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    #[must_use]
    pub fn idle(self, time: Duration) -> Self {
        self.with(|it| it.terms.idle = time)
    }

    /// How long a session lasts at most, from its login (ASVS 7.3.2).
    ///
    /// ```
    /// # use bff::{cookies::KeyRing, session::Sessions};
    /// use std::time::Duration;
    ///
    /// let sessions = Sessions::cookie(KeyRing::random()?).absolute(Duration::from_secs(8 * 60 * 60));
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    #[must_use]
    pub fn absolute(self, time: Duration) -> Self {
        self.with(|it| it.terms.absolute = time)
    }

    /// The name of the cookie. Without `__Host-` in front of it other hosts of the domain can set the cookie as well.
    /// In development the prefix is left out.
    ///
    /// ```
    /// # use bff::{cookies::KeyRing, session::Sessions};
    /// let sessions = Sessions::cookie(KeyRing::random()?).cookie_name("__Host-shop")?;
    /// assert!(sessions.cookie_name("my shop").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When no cookie can have this name.
    pub fn cookie_name(self, name: impl Into<String>) -> Result<Self, CookieError> {
        let look = self.0.look.clone().with_name(name.into())?;
        Ok(self.with(|it| it.look = look))
    }

    /// Which requests from other sites carry the cookie. With [`SameSite::None`], which in development is `Lax`, every
    /// handler that changes something has to see to it that the request is not forged.
    ///
    /// ```
    /// # use bff::{cookies::{KeyRing, SameSite}, session::Sessions};
    /// let sessions = Sessions::cookie(KeyRing::random()?).same_site(SameSite::Strict);
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    #[must_use]
    pub fn same_site(self, same_site: SameSite) -> Self {
        self.with(|it| it.look = it.look.clone().with_same_site(same_site))
    }

    /// Where the time is taken from, so that a test need not wait for a session to end.
    ///
    /// ```
    /// # use bff::{cookies::KeyRing, session::Sessions};
    /// use std::{sync::{Arc, Mutex}, time::SystemTime};
    ///
    /// let now = Arc::new(Mutex::new(SystemTime::now()));
    /// let clock = Arc::clone(&now);
    /// let sessions = Sessions::cookie(KeyRing::random()?).clock(move || *clock.lock().unwrap());
    /// # Ok::<(), bff::cookies::KeyError>(())
    /// ```
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.with(|it| it.clock = Clock::new(now))
    }

    /// Ends every session of a user, whoever asks: after a password was reset, or by an administrator (ASVS 7.4.3,
    /// 7.4.5). A session that asks for its own user is better ended with
    /// [`Session::logout_everywhere`](super::Session::logout_everywhere), which deletes its cookie as well.
    ///
    /// ```
    /// use bff::{Result, session::Sessions};
    ///
    /// // #[delete] in app/admin/users/[name]/sessions/route.rs
    /// async fn end(name: String, sessions: Sessions) -> Result {
    ///     sessions.logout_everywhere(&name).await
    /// }
    /// ```
    ///
    /// # Errors
    /// 503 when the store does not answer.
    pub async fn logout_everywhere(&self, user: &str) -> Result {
        let Settings { keeping, terms, clock, .. } = &*self.0;
        keeping.end_all(user, clock.now().0, terms.idle).await
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// As in another mode, for tests.
    #[cfg(test)]
    pub(super) fn in_mode(self, mode: env::Mode) -> Self {
        self.with(|it| it.look = Look::in_mode(mode))
    }

    /// Those of a request: of the layer, or else what holds without one.
    pub(super) fn of(extensions: &Extensions) -> Result<Self> {
        match extensions.get::<Self>() {
            Some(sessions) => Ok(sessions.clone()),
            None => convention::sessions(),
        }
    }

    pub(super) fn keeping(&self) -> &Keeping {
        &self.0.keeping
    }

    pub(super) fn terms(&self) -> Terms {
        self.0.terms
    }

    pub(super) fn now(&self) -> Time {
        self.0.clock.now()
    }

    pub(super) fn name(&self) -> &str {
        self.0.look.name()
    }

    /// The session of a cookie with this value, if it is one and not over.
    pub(super) async fn open(&self, value: &str) -> Result<Option<Kept>> {
        let kept = self.keeping().open(self.name(), value).await?;
        let kept = kept.filter(|it| !self.terms().are_over(&it.record, self.now()));
        if kept.is_none() {
            security_event!(
                INFO,
                "session_refused";
                "the cookie of a session is no live one's and counts as none"
            );
        }
        Ok(kept)
    }

    /// The cookie of a session.
    pub(super) fn cookie_of(&self, kept: &Kept) -> Result<Cookie> {
        let value = self.keeping().value(self.name(), kept);
        Ok(self.0.look.cookie(value, self.terms().left(&kept.record))?)
    }

    /// The line that makes a client forget its cookie.
    pub(super) fn removal(&self) -> Result<Cookie> {
        Ok(self.0.look.removal()?)
    }
}

impl<S> Layer<S> for Sessions {
    type Service = AddExtension<S, Self>;

    fn layer(&self, inner: S) -> Self::Service {
        Extension(self.clone()).layer(inner)
    }
}

/// Fails as [`Session`](super::Session) does when there are no keys.
impl<S: Sync> FromRequestParts<S> for Sessions {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Self::of(&parts.extensions)
    }
}
