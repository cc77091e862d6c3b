use std::sync::{
    Arc, Weak,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use tokio::{
    runtime::Handle,
    time::{MissedTickBehavior, interval},
};

use super::RedisStore;

/// The task that hears of what other instances give up.
#[derive(Debug)]
pub(super) struct Listening {
    store: Weak<RedisStore>,
    is_on: Arc<AtomicBool>,
}

impl Listening {
    pub(super) fn new(store: Weak<RedisStore>) -> Self {
        Self { store, is_on: Arc::default() }
    }

    /// Begins, unless it has; for one that ended with its runtime another begins.
    pub(super) fn go_on(&self) {
        if self.is_on.load(SeqCst) {
            return;
        }
        if let Ok(runtime) = Handle::try_current()
            && !self.is_on.swap(true, SeqCst)
        {
            runtime.spawn(listen(self.store.clone(), Ends(Arc::clone(&self.is_on))));
        }
    }
}

/// Tells that the task has ended, however it has.
struct Ends(Arc<AtomicBool>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.store(false, SeqCst);
    }
}

/// Until nobody has the store any more. What fails is tried again: while Redis is away that costs next to nothing.
async fn listen(store: Weak<RedisStore>, _ends: Ends) {
    let mut ticks = interval(RedisStore::LISTENS);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_away = false;
    loop {
        ticks.tick().await;
        let Some(store) = store.upgrade() else { return };
        let heard = store.listen().await;
        if let Err(error) = &heard
            && !was_away
        {
            let outage = store.settings.outage;
            tracing::warn!("what is kept is not shared for now, {outage}: {error}");
        }
        was_away = heard.is_err();
    }
}
