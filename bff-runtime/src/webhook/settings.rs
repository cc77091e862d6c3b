use std::{
    any::TypeId,
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock},
    time::SystemTime,
};

use axum::{Extension, middleware::AddExtension};
use http::Extensions;
use tower::Layer;

use super::{
    MemoryReplays, Provider, ReplayStore, WebhookSecretError,
    keys::{self, Key},
};

/// What the [`Webhook`](super::Webhook)s of an app are checked with, as a layer. An app without it has the secrets of
/// the environment and a store in memory.
///
/// ```
/// # async fn receive(_: bff::webhook::Webhook<bff::webhook::Stripe>) {}
/// use bff::{axum::{Router, routing::post}, webhook::{Stripe, Webhooks}};
///
/// # fn main() -> bff::Result {
/// let hooks = Webhooks::new()
///     .secret::<Stripe>("whsec_of_today")?
///     .secret::<Stripe>("whsec_of_yesterday")?
///     .body_limit(256 * 1024);
/// let app: Router = Router::new().route("/hooks", post(receive)).layer(hooks);
/// # let _ = app;
/// # Ok(())
/// # }
/// ```
///
/// Put it around the whole app. A clone is the same settings.
#[derive(Clone)]
pub struct Webhooks {
    keys: Arc<HashMap<TypeId, Vec<Key>>>,
    store: Arc<dyn ReplayStore>,
    clock: Clock,
    body_limit: u64,
}

type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Senders send a few KiB; what is larger is more likely to be an attack on whoever computes signatures.
const BODY_LIMIT: u64 = 64 * 1024;

impl Webhooks {
    /// The secrets of the environment, and a store of its own in memory; with the feature `redis` and `BFF_REDIS_URL`
    /// in that Redis.
    pub fn new() -> Self {
        Self {
            keys: Arc::default(),
            store: default_store(),
            clock: Arc::new(SystemTime::now),
            body_limit: BODY_LIMIT,
        }
    }

    /// A secret of this provider, instead of its variable. With several, a message that is signed with any of them is
    /// genuine.
    ///
    /// # Errors
    /// When it is empty, or in another form than the provider gives it. Better to stop the start of the program with
    /// it than to refuse every message.
    pub fn secret<P: Provider>(
        mut self,
        secret: impl AsRef<str>,
    ) -> Result<Self, WebhookSecretError> {
        let key = keys::key::<P>(secret.as_ref())?;
        Arc::make_mut(&mut self.keys).entry(TypeId::of::<P>()).or_default().push(key);
        Ok(self)
    }

    /// Where the ids of messages are kept, instead of in this process.
    #[must_use]
    pub fn replays(mut self, store: impl ReplayStore) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// How many bytes a body may have where its route says nothing; 64 KiB unless it is set. A `body_limit` of the
    /// route wins, also over a smaller number here.
    #[must_use]
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// What says how late it is: for tests, in which a message of the past should be of now.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let hooks = bff::webhook::Webhooks::new().clock(|| UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    /// # let _ = hooks;
    /// ```
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The layer around this request, or what an app without it has.
    pub(super) fn of(extensions: &Extensions) -> Self {
        static DEFAULT: LazyLock<Webhooks> = LazyLock::new(Webhooks::new);
        extensions.get::<Self>().unwrap_or(&DEFAULT).clone()
    }

    /// At least one.
    pub(super) fn keys<P: Provider>(&self) -> Result<Vec<Key>, WebhookSecretError> {
        match self.keys.get(&TypeId::of::<P>()) {
            Some(keys) => Ok(keys.clone()),
            None => keys::of_environment::<P>(),
        }
    }

    pub(super) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    pub(super) fn store(&self) -> &Arc<dyn ReplayStore> {
        &self.store
    }

    pub(super) fn default_limit(&self) -> u64 {
        self.body_limit
    }
}

#[cfg(feature = "redis")]
fn default_store() -> Arc<dyn ReplayStore> {
    match super::RedisReplays::of_environment() {
        Some(store) => Arc::new(store),
        None => Arc::new(MemoryReplays::default()),
    }
}

#[cfg(not(feature = "redis"))]
fn default_store() -> Arc<dyn ReplayStore> {
    Arc::new(MemoryReplays::default())
}

impl Default for Webhooks {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for Webhooks {
    type Service = AddExtension<S, Self>;

    fn layer(&self, inner: S) -> Self::Service {
        Extension(self.clone()).layer(inner)
    }
}

/// How many secrets there are, and nothing of them.
impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("secrets", &self.keys.values().map(Vec::len).sum::<usize>())
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
