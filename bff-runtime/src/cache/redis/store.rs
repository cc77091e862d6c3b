use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;

use super::{Listening, Lives, News, Outage, codec, news::Question};
use crate::{
    cache::{
        CacheError, Entry, Invalidation, Key, Marks, Name, SharedFuture, SharedStore, Standing,
        Version, entry,
    },
    redis::{Redis, RedisError},
};

/// The entries and invalidations of an app in Redis.
pub(super) struct RedisStore {
    pub(super) redis: Redis,
    pub(super) settings: Settings,
    lives: Lives,
    marks: Arc<Marks>,
    /// The last mark that Redis has told.
    heard: AtomicU64,
    /// When it was made.
    start: Instant,
    /// When Redis was asked the last time that it has told all there was: microseconds from the start, and one. Every
    /// request looks at it.
    asked: AtomicU64,
    listening: Listening,
}

/// What the app can say of it.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) prefix: String,
    /// Entries of another release are not read.
    pub(super) release: String,
    pub(super) outage: Outage,
    /// How many bytes an entry may have.
    pub(super) largest: usize,
    /// How many marks are remembered.
    pub(super) most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            prefix: "bff:cache:".to_owned(),
            release: String::new(),
            outage: Outage::default(),
            // A larger one takes too much of the deadline, and of everybody's time in Redis.
            largest: 1 << 20,
            most: 20_000,
        }
    }
}

impl RedisStore {
    /// How long it is until Redis is asked again what was given up.
    pub(super) const LISTENS: Duration = Duration::from_millis(25);

    /// How long what it said is relied on: less than the 100 ms within which all know of an invalidation.
    pub(super) const RELIES: Duration = Duration::from_millis(90);

    pub(super) fn new(redis: Redis, settings: Settings, marks: Arc<Marks>) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            redis,
            settings,
            lives: Lives::default(),
            marks,
            heard: AtomicU64::new(0),
            start: Instant::now(),
            asked: AtomicU64::new(0),
            listening: Listening::new(own.clone()),
        })
    }

    /// Hears of all that was given up until now.
    pub(super) async fn listen(&self) -> Result<(), RedisError> {
        loop {
            let at = Instant::now();
            let news = self.ask(&[], Invalidation::Expire).await?;
            if !self.hear(news, at) {
                return Ok(());
            }
        }
    }

    async fn ask(&self, names: &[Name], how: Invalidation) -> Result<News, RedisError> {
        let question = Question {
            prefix: &self.settings.prefix,
            heard: Version(self.heard.load(SeqCst)),
            known: self.marks.version(),
            names,
            how,
            most: self.settings.most,
        };
        question.ask(&self.redis, &self.lives).await
    }

    /// True when there is more to be heard.
    fn hear(&self, news: News, at: Instant) -> bool {
        let (heard, is_page) = (news.heard, news.is_page);
        news.tell(&self.marks);
        if let Some(heard) = heard {
            self.heard.fetch_max(heard.0, SeqCst);
        }
        if !is_page {
            let asked = u64::try_from((at - self.start).as_micros()).unwrap_or(u64::MAX);
            self.asked.fetch_max(asked.saturating_add(1), SeqCst);
        }
        is_page
    }

    fn is_informed(&self) -> bool {
        let Some(asked) = self.asked.load(SeqCst).checked_sub(1) else { return false };
        self.start.elapsed() < Duration::from_micros(asked).saturating_add(Self::RELIES)
    }

    /// A hash, so Redis has no URLs, queries or arguments in its keys.
    fn key(&self, key: &Key) -> String {
        let Settings { prefix, release, .. } = &self.settings;
        // With the length, so that no release and key are those of another.
        let length = u64::try_from(release.len()).unwrap_or(u64::MAX).to_le_bytes();
        let digest = Sha256::new().chain_update(length).chain_update(release);
        let hash = URL_SAFE_NO_PAD.encode(digest.chain_update(key.as_bytes()).finalize());
        format!("{prefix}entry:{hash}")
    }
}

impl SharedStore for RedisStore {
    fn get<'a>(&'a self, key: &'a Key) -> SharedFuture<'a, Option<Entry>> {
        // One that cannot be read is of another release.
        Box::pin(async move { codec::decode(self.redis.get(self.key(key)).await.ok()??) })
    }

    fn set<'a>(&'a self, key: &'a Key, entry: Arc<Entry>) -> SharedFuture<'a, ()> {
        Box::pin(async move {
            let age = Duration::from_millis(entry.age(entry::now()));
            let left = entry.terms.expire.saturating_sub(age);
            let encoded = || codec::encode(&entry).filter(|it| it.len() <= self.settings.largest);
            let Some(bytes) = Some(left).filter(|left| !left.is_zero()).and_then(|_| encoded())
            else {
                // The one before it is no answer any more.
                return self.remove(key).await;
            };
            match self.redis.set_ex(self.key(key), bytes, left).await {
                Err(error) if !error.is_outage() => {
                    tracing::warn!("an entry could not be kept in Redis: {error}");
                }
                _ => {}
            }
        })
    }

    fn remove<'a>(&'a self, key: &'a Key) -> SharedFuture<'a, ()> {
        Box::pin(async move {
            // One that stays is held against the marks, as any other.
            let _ = self.redis.del(self.key(key)).await;
        })
    }

    fn mark<'a>(
        &'a self,
        names: &'a [Name],
        how: Invalidation,
    ) -> SharedFuture<'a, Result<Version, CacheError>> {
        Box::pin(async move {
            let at = Instant::now();
            match self.ask(names, how).await {
                Ok(news) => {
                    let made = news.made;
                    self.hear(news, at);
                    Ok(made)
                }
                Err(error) => Err(CacheError::away(error.to_string())),
            }
        })
    }

    fn standing(&self) -> Standing {
        self.listening.go_on();
        match (self.is_informed(), self.settings.outage) {
            (true, _) => Standing::Shared,
            (false, Outage::Local) => Standing::Local,
            (false, Outage::Bypass) => Standing::Bypass,
        }
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("settings", &self.settings).finish_non_exhaustive()
    }
}
