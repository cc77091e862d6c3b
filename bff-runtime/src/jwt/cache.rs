use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use tokio::{sync::Mutex, time::Instant};

use super::{
    Algorithm, JwtError, Keys,
    fetch::{Fetch, Fetched},
};

/// Keys that were fetched, for as long as they may be used.
///
/// Fresh keys are used as they are, and fetched anew in the background before they are stale. Stale ones are used when
/// the provider cannot be asked, for a time. Of all who need keys at once, one asks the provider.
pub(super) struct Cache {
    fetch: Box<dyn Fetch>,
    state: RwLock<State>,
    /// Held by the one who asks the provider.
    asking: Mutex<()>,
}

#[derive(Clone, Default)]
struct State {
    kept: Option<Kept>,
    /// When the provider was asked last, and whether it failed to answer.
    asked: Option<(Instant, bool)>,
}

#[derive(Clone)]
struct Kept {
    keys: Arc<Keys>,
    /// From here on they are fetched in the background.
    renewed: Instant,
    fresh: Instant,
    usable: Instant,
}

/// How long stale keys are used while the provider is away.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// A provider that failed, or that did not know a `kid`, is asked again after this. Anybody can send tokens with names
/// of keys that do not exist.
const AGAIN: Duration = Duration::from_secs(60);

/// Sooner when there is no key to do anything with.
const AGAIN_WITHOUT_KEYS: Duration = Duration::from_secs(5);

impl Cache {
    pub(super) fn new(fetch: impl Fetch) -> Arc<Self> {
        let (fetch, state, asking) = (Box::new(fetch), RwLock::default(), Mutex::default());
        Arc::new(Self { fetch, state, asking })
    }

    /// The keys among which is that of a token with this header, if there is one.
    pub(super) async fn keys_for(
        self: &Arc<Self>,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> Result<Arc<Keys>, JwtError> {
        let keys = self.keys().await?;
        if !keys.candidates(algorithm, kid).is_empty() {
            return Ok(keys);
        }
        // The provider may have begun to sign with a new key.
        let asked = self.state().asked.map(|(when, _)| when);
        if asked.is_none_or(|when| Instant::now() >= when + AGAIN) {
            self.ask(asked).await;
        }
        Ok(self.state().kept.map_or(keys, |kept| kept.keys))
    }

    async fn keys(self: &Arc<Self>) -> Result<Arc<Keys>, JwtError> {
        let State { kept, asked } = self.state();
        let now = Instant::now();
        let asked_at = asked.map(|(when, _)| when);
        match kept.filter(|kept| now < kept.usable) {
            Some(kept) if now < kept.fresh => {
                let is_due = now >= kept.renewed && self.may_ask(now, AGAIN);
                if is_due && self.asking.try_lock().is_ok() {
                    tokio::spawn(Arc::clone(self).asked_once(asked_at));
                }
                return Ok(kept.keys);
            }
            Some(kept) if !self.may_ask(now, AGAIN) => return Ok(kept.keys),
            None if !self.may_ask(now, AGAIN_WITHOUT_KEYS) => {
                return Err(JwtError::KeysUnavailable);
            }
            _ => self.ask(asked_at).await,
        }
        match self.state().kept {
            Some(kept) if Instant::now() < kept.usable => Ok(kept.keys),
            _ => Err(JwtError::KeysUnavailable),
        }
    }

    /// Whether the last answer is good, or its failure long enough ago.
    fn may_ask(&self, now: Instant, after: Duration) -> bool {
        match self.state().asked {
            Some((when, failed)) => !failed || now >= when + after,
            None => true,
        }
    }

    /// Asks the provider, unless somebody has since `asked`, or waits for the one who is asking it.
    async fn ask(self: &Arc<Self>, asked: Option<Instant>) {
        // A client that goes away takes no fetching with it, for which others may wait.
        let asking = tokio::spawn(Arc::clone(self).asked_once(asked));
        if let Err(error) = asking.await {
            tracing::error!(%error, "keys of tokens were not fetched");
        }
    }

    async fn asked_once(self: Arc<Self>, asked: Option<Instant>) {
        let _asking = self.asking.lock().await;
        if self.state().asked.map(|(when, _)| when) != asked {
            return;
        }
        let fetched = self.fetch.fetch().await;
        let now = Instant::now();
        let failed = fetched.is_err();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.asked = Some((now, failed));
        match fetched {
            Ok(Fetched { keys, lifetime }) => {
                let fresh = now + lifetime;
                state.kept = Some(Kept {
                    keys: Arc::new(keys),
                    renewed: now + lifetime * 3 / 4,
                    fresh,
                    usable: fresh + STALE,
                });
            }
            Err(why) => match &state.kept {
                Some(kept) if now < kept.fresh => {
                    tracing::warn!(why, "keys of tokens were not fetched anew");
                }
                Some(kept) if now < kept.usable => {
                    tracing::warn!(why, "keys of tokens are stale, and used all the same");
                }
                _ => tracing::error!(why, "there are no keys for tokens: all are refused with 503"),
            },
        }
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
