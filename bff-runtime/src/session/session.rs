use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Sessions,
    id::Id,
    record::{Kept, Record},
};
use crate::{
    cookies::Cookies,
    error::{Error, Problem, Result},
};

/// The session of the client: who is signed in, and what is remembered of them; see [`session`](crate::session).
///
/// As an extractor it is the same session wherever it is taken in one request, and so is a clone. A client without a
/// session, or with one that is over, has an empty one here; it begins when something is written to it.
///
/// A method that changes the session has done so when it returns: the store has it, and the response will have the
/// cookie. Nothing is left for the end of the request but to send that, so nothing can be forgotten, and what cannot be
/// kept is an error in the line that tried.
///
/// # Errors
/// Extracting it fails with 503 when the store does not answer, and with 500 when there are no keys (the log says why),
/// or outside of a handler of the app folder, where nobody would send the cookie.
#[derive(Clone)]
pub struct Session(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) sessions: Sessions,
    pub(super) cookies: Cookies,
    pub(super) current: Current,
    /// Held by a change, so that two of one request do not undo each other.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// The response has the cookie of this session, which is for this client alone.
    pub(super) is_sent: AtomicBool,
}

/// What there is now. A proxy and the handler behind it have it in common.
#[derive(Clone, Default)]
pub(super) struct Current(Arc<Mutex<Option<Kept>>>);

impl Current {
    pub(super) fn new(kept: Option<Kept>) -> Self {
        Self(Arc::new(Mutex::new(kept)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn user(&self) -> Option<Arc<str>> {
        self.lock().as_ref()?.record.user.clone()
    }
}

impl Session {
    pub(super) fn new(sessions: Sessions, cookies: Cookies, current: Current) -> Self {
        let (turn, is_sent) = Default::default();
        Self(Arc::new(Inner { sessions, cookies, current, turn, is_sent }))
    }

    /// The user that [`login`](Self::login) was given, if somebody is signed in.
    ///
    /// ```
    /// use bff::session::Session;
    ///
    /// async fn greet(session: Session) -> String {
    ///     let user = session.user();
    ///     format!("hello {}", user.as_deref().unwrap_or("stranger"))
    /// }
    /// ```
    pub fn user(&self) -> Option<Arc<str>> {
        self.0.current.user()
    }

    /// The user, or the refusal of whoever is none.
    ///
    /// ```
    /// use bff::{Json, Result, session::Session};
    ///
    /// async fn invoices(session: Session) -> Result<Json<Vec<String>>> {
    ///     let user = session.require()?;
    ///     Ok(Json(vec![format!("an invoice of {user}")]))
    /// }
    /// ```
    ///
    /// # Errors
    /// 401 when nobody is signed in, with `WWW-Authenticate: Cookie` as RFC 9110 section 15.5.2 wants a challenge. No
    /// scheme is registered for what a form and a cookie do; this name is that of draft-broyer-http-cookie-auth, and no
    /// browser opens a dialog for it, as `Basic` would make it do.
    pub fn require(&self) -> Result<Arc<str>> {
        self.user().ok_or_else(unauthorized)
    }

    /// What is kept under this name.
    ///
    /// ```
    /// use bff::{Result, session::Session};
    ///
    /// async fn cart(session: Session) -> Result<String> {
    ///     let items: Vec<u64> = session.get("cart")?.unwrap_or_default();
    ///     Ok(format!("{} items", items.len()))
    /// }
    /// ```
    ///
    /// # Errors
    /// 500 when it is not a `T`; the log has the name and not the value. Sessions outlive a release: a value whose type
    /// has changed needs another name.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        // A clone, so that nobody's `Deserialize` runs while the session is locked.
        let value = self.0.current.lock().as_ref().and_then(|it| it.record.data.get(name).cloned());
        let read = value.map(|value| T::deserialize(value)).transpose();
        // The error of serde quotes the value.
        read.map_err(|_| {
            let what =
                format_args!("a session keeps something else under `{name}` than is asked for");
            Error::msg(what)
        })
    }

    /// Keeps a value under this name: anything that becomes JSON. A client without a session is given one.
    ///
    /// ```
    /// use bff::{Result, session::Session};
    ///
    /// async fn add(session: Session, item: u64) -> Result {
    ///     let mut items: Vec<u64> = session.get("cart")?.unwrap_or_default();
    ///     items.push(item);
    ///     session.set("cart", &items).await
    /// }
    /// ```
    ///
    /// # Errors
    /// - 500 when it is no JSON, or too much: with it the cookie would have more than the 4,096 bytes that browsers
    ///   keep, or the session on the server more than 64 KiB. What was there before stays.
    /// - 401 when the session has ended since the request began, by a logout elsewhere.
    /// - 503 when the store does not answer.
    pub async fn set<T: Serialize + ?Sized>(&self, name: &str, value: &T) -> Result {
        let value = serde_json::to_value(value)?;
        let _turn = self.0.turn.lock().await;
        let before = self.current();
        if before.as_ref().is_some_and(|it| it.record.data.get(name) == Some(&value)) {
            return Ok(());
        }
        let mut next = match &before {
            Some(kept) => kept.clone(),
            None => Kept { id: Id::random()?, record: Record::new(self.0.sessions.now()) },
        };
        next.record.data.insert(name.to_owned(), value);
        self.put(next, before).await
    }

    /// Forgets what is kept under this name, and says whether there was something.
    ///
    /// ```
    /// use bff::{Result, session::Session};
    ///
    /// async fn empty(session: Session) -> Result {
    ///     session.remove("cart").await?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub async fn remove(&self, name: &str) -> Result<bool> {
        let _turn = self.0.turn.lock().await;
        let before = self.current();
        let Some(mut next) = before.clone() else { return Ok(false) };
        if next.record.data.remove(name).is_none() {
            return Ok(false);
        }
        self.put(next, before).await?;
        Ok(true)
    }

    /// Signs a user in, by whatever the app knows them. Check first who it is; see `bff::password`.
    ///
    /// The session goes on under a new id and from now (ASVS 7.2.4): the id that the client came with is over, so one
    /// that somebody slipped to it is worth nothing. What was kept before the login stays, such as a cart, but never
    /// what was kept for another user.
    ///
    /// ```
    /// use bff::{Result, response::{Redirect, see_other}, session::Session};
    ///
    /// async fn sign_in(session: Session) -> Result<Redirect> {
    ///     session.login("7").await?;
    ///     Ok(see_other("/account"))
    /// }
    /// ```
    ///
    /// # Errors
    /// 500 when the user is the empty text or the session does not fit in a cookie, 503 when the store does not answer.
    pub async fn login(&self, user: impl AsRef<str>) -> Result {
        let user: Arc<str> = user.as_ref().into();
        if user.is_empty() {
            return Err(Error::msg("a login of nobody: the user is the empty text"));
        }
        let _turn = self.0.turn.lock().await;
        let before = self.current();
        let mut record = Record::new(self.0.sessions.now());
        record.epoch = self.0.sessions.keeping().epoch(&user).await?;
        if let Some(Kept { record: before, .. }) = &before
            && before.user.as_ref().is_none_or(|it| *it == user)
        {
            record.data.clone_from(&before.data);
        }
        record.user = Some(user);
        self.put(Kept { id: Id::random()?, record }, before).await
    }

    /// Goes on under a new id: for the moment when the user may do more than before (ASVS 7.2.4). A session that there
    /// is not stays none.
    ///
    /// ```
    /// use bff::{Result, session::Session};
    ///
    /// async fn become_admin(session: Session) -> Result {
    ///     session.rotate().await?;
    ///     session.set("is_admin", &true).await
    /// }
    /// ```
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub async fn rotate(&self) -> Result {
        let _turn = self.0.turn.lock().await;
        let before = self.current();
        let Some(Kept { record, .. }) = before.clone() else { return Ok(()) };
        self.still_lives().await?;
        self.put(Kept { id: Id::random()?, record }, before).await
    }

    /// Ends the session: its cookie is worth nothing from now on, whoever has a copy (ASVS 7.4.1), and the client is
    /// told to forget it.
    ///
    /// ```
    /// use bff::{Result, response::{Redirect, see_other}, session::Session};
    ///
    /// // #[post]: with GET, a picture of another site could do it.
    /// async fn sign_out(session: Session) -> Result<Redirect> {
    ///     session.logout().await?;
    ///     Ok(see_other("/"))
    /// }
    /// ```
    ///
    /// # Errors
    /// 503 when the store does not answer: the client forgets the cookie, and the session ends when it has been idle.
    pub async fn logout(&self) -> Result {
        let _turn = self.0.turn.lock().await;
        self.end().await
    }

    /// Ends this session and every other of its user, on whatever device (ASVS 7.4.3). Without a user it ends this one.
    ///
    /// To stay signed in here, sign in again:
    ///
    /// ```
    /// use bff::{Result, session::Session};
    ///
    /// async fn change_password(session: Session) -> Result {
    ///     let user = session.require()?;
    ///     // The new password is written here.
    ///     session.logout_everywhere().await?;
    ///     session.login(user).await
    /// }
    /// ```
    ///
    /// # Errors
    /// As [`logout`](Self::logout).
    pub async fn logout_everywhere(&self) -> Result {
        let _turn = self.0.turn.lock().await;
        if let Some(user) = self.user() {
            self.0.sessions.logout_everywhere(&user).await?;
        }
        self.end().await
    }

    pub(super) fn current(&self) -> Option<Kept> {
        self.0.current.lock().clone()
    }

    /// Keeps a response that depends on a session out of caches (RH-260), unless the handler has said what caches may
    /// do. One with the cookie in it is for nobody else, whatever the handler says.
    pub(crate) fn forbid_caching(&self, headers: &mut HeaderMap) {
        const NEVER: HeaderValue = HeaderValue::from_static("no-store");
        if self.0.is_sent.load(Ordering::Relaxed) {
            headers.insert(header::CACHE_CONTROL, NEVER);
        } else {
            headers.entry(header::CACHE_CONTROL).or_insert(NEVER);
        }
    }
}

/// The refusal of whoever is not signed in.
pub(super) fn unauthorized() -> Error {
    const CHALLENGE: HeaderValue = HeaderValue::from_static("Cookie realm=\"session\"");
    Problem::new(StatusCode::UNAUTHORIZED).header(header::WWW_AUTHENTICATE, CHALLENGE).into()
}

/// Whether somebody is signed in, and nothing else.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("has_user", &self.user().is_some()).finish_non_exhaustive()
    }
}
