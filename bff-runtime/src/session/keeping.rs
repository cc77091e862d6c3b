use std::{sync::Arc, time::Duration};

use http::{HeaderValue, StatusCode, header};

use super::{
    SessionStore, StoreError, Stored,
    id::{Id, ended_key, session_key, user_key},
    record::{Kept, Record},
};
use crate::{
    cookies::KeyRing,
    error::{Error, Problem, Result},
};

/// Where sessions are kept.
#[derive(Clone, Debug)]
pub(super) enum Keeping {
    /// In their cookies, encrypted. The server remembers which of them have ended.
    Cookie { keys: KeyRing, ended: Arc<dyn SessionStore> },
    /// On the server. The cookie has the id.
    Store(Arc<dyn SessionStore>),
}

/// The value under [`ended_key`] says nothing; that it is there does.
const ENDED: &[u8] = b"";

/// How much longer than a session could last it is remembered that it has ended: for instances whose clocks differ, and
/// for a request that was on its way.
const MARGIN: Duration = Duration::from_secs(300);

/// The most that is kept of one session on the server. A session is no place for documents.
const MOST: usize = 64 * 1024;

impl Keeping {
    /// The session of a cookie with this value; whether its time is over is not looked at.
    pub(super) async fn open(&self, name: &str, value: &str) -> Result<Option<Kept>> {
        let kept = match self {
            Self::Cookie { keys, .. } => keys.decrypt(name, value).as_deref().and_then(from_text),
            Self::Store(store) => {
                let Some((id, "")) = Id::read(value) else { return Ok(None) };
                let text = store.load(&session_key(&id)).await.map_err(unavailable)?;
                let record = text.as_deref().and_then(Record::read);
                record.map(|record| Kept { id, record })
            }
        };
        let Some(kept) = kept else { return Ok(None) };
        // A client can send what it was told to forget (class 20: replayed values).
        let has_ended = self.is_in_cookie() && self.has_ended(&kept).await?;
        Ok((!has_ended && self.is_of_epoch(&kept).await?).then_some(kept))
    }

    /// Whether somebody has ended it, and it alone.
    pub(super) async fn has_ended(&self, kept: &Kept) -> Result<bool> {
        let has_ended = match self {
            Self::Cookie { ended, .. } => {
                ended.load(&ended_key(&kept.id)).await.map(|it| it.is_some())
            }
            Self::Store(store) => store.load(&session_key(&kept.id)).await.map(|it| it.is_none()),
        };
        has_ended.map_err(unavailable)
    }

    /// Whether its user has not been logged out everywhere since.
    pub(super) async fn is_of_epoch(&self, kept: &Kept) -> Result<bool> {
        match &kept.record.user {
            Some(user) => Ok(self.epoch(user).await? <= kept.record.epoch),
            None => Ok(true),
        }
    }

    /// What its cookie says.
    pub(super) fn value(&self, name: &str, kept: &Kept) -> String {
        let id = kept.id.to_text();
        match self {
            Self::Cookie { keys, .. } => {
                keys.encrypt(name, &format!("{id}{}", kept.record.to_text()))
            }
            Self::Store(_) => id,
        }
    }

    /// Whether a change of the session is one of its cookie.
    pub(super) fn is_in_cookie(&self) -> bool {
        matches!(self, Self::Cookie { .. })
    }

    /// Keeps a new one for this long.
    pub(super) async fn insert(&self, kept: &Kept, lifetime: Duration) -> Result {
        let Self::Store(store) = self else { return Ok(()) };
        let value = bounded(kept)?;
        let stored = stored(value.as_bytes(), lifetime, kept);
        store.insert(&session_key(&kept.id), stored).await.map_err(unavailable)
    }

    /// Keeps what has changed of it; false when it has ended meanwhile.
    pub(super) async fn update(&self, kept: &Kept, lifetime: Duration) -> Result<bool> {
        let Self::Store(store) = self else { return Ok(true) };
        let value = bounded(kept)?;
        let stored = stored(value.as_bytes(), lifetime, kept);
        store.update(&session_key(&kept.id), stored).await.map_err(unavailable)
    }

    /// Ends it. No request with it was later than now, so it would be over by itself when the idle time is.
    pub(super) async fn end(&self, kept: &Kept, idle: Duration) -> Result {
        let ended = match self {
            Self::Cookie { ended, .. } => {
                let lifetime = idle.saturating_add(MARGIN);
                ended.insert(&ended_key(&kept.id), stored(ENDED, lifetime, kept)).await
            }
            Self::Store(store) => store.remove(&session_key(&kept.id)).await,
        };
        ended.map_err(unavailable)
    }

    /// The epoch that the sessions of this user have to be of.
    pub(super) async fn epoch(&self, user: &str) -> Result<u64> {
        let value = self.store().load(&user_key(user)).await.map_err(unavailable)?;
        let Some(value) = value else { return Ok(0) };
        let epoch = value.try_into().map(u64::from_be_bytes);
        epoch.map_err(|_| unavailable(StoreError::new("an epoch is not eight bytes")))
    }

    /// Begins another epoch, in which none of this user's sessions is. Times serve as epochs, so that one is larger
    /// than any that was forgotten.
    pub(super) async fn end_all(&self, user: &str, now: u64, idle: Duration) -> Result {
        let epoch = now.max(self.epoch(user).await?).saturating_add(1).to_be_bytes();
        let lifetime = idle.saturating_add(MARGIN);
        let stored = Stored { value: &epoch, lifetime, has_user: true };
        self.store().insert(&user_key(user), stored).await.map_err(unavailable)
    }

    fn store(&self) -> &dyn SessionStore {
        match self {
            Self::Cookie { ended: store, .. } | Self::Store(store) => &**store,
        }
    }
}

/// The record as text, when it is not too large.
fn bounded(kept: &Kept) -> Result<String> {
    let text = kept.record.to_text();
    if text.len() > MOST {
        let octets = text.len();
        return Err(Error::msg(format_args!("a session of {octets} bytes, more than {MOST}")));
    }
    Ok(text)
}

/// The answer when the store is away or full. Whether there is a session is not known then, and not guessed.
#[cold]
fn unavailable(error: StoreError) -> Error {
    tracing::error!(error = %error, "the store of the sessions does not answer");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE)
        .header(header::RETRY_AFTER, HeaderValue::from_static("1"))
        .into()
}

fn from_text(text: &str) -> Option<Kept> {
    let (id, record) = Id::read(text)?;
    Some(Kept { id, record: Record::read(record.as_bytes())? })
}

fn stored<'a>(value: &'a [u8], lifetime: Duration, kept: &Kept) -> Stored<'a> {
    Stored { value, lifetime, has_user: kept.record.user.is_some() }
}
