use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use governor::clock::Clock as _;
use tokio::{runtime::Handle, time::sleep};

use super::{Clock, Table};

/// Nobody looks after less than that.
const SMALL: usize = 256 * 1024;

/// A part of the table is looked at in each of so many steps, …
const STEPS: usize = 16;

/// … and the whole of it in a second, which is the shortest period of a limit.
const STEP: Duration = Duration::from_millis(1000 / STEPS as u64);

/// Gives the memory of a large table back when its keys are no longer needed: a task that runs while it is large.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweeper {
    is_running: Arc<AtomicBool>,
}

impl Sweeper {
    pub(super) fn start_if_large(&self, table: &Arc<Table>, clock: &Clock) {
        if table.bytes() > SMALL && !self.is_running.load(Ordering::Relaxed) {
            self.start(table, clock);
        }
    }

    #[cold]
    fn start(&self, table: &Arc<Table>, clock: &Clock) {
        let Ok(runtime) = Handle::try_current() else { return };
        if self.is_running.swap(true, Ordering::Relaxed) {
            return;
        }
        let running = Running(Arc::clone(&self.is_running));
        runtime.spawn(sweep(Arc::downgrade(table), clock.clone(), running));
    }
}

async fn sweep(table: Weak<Table>, clock: Clock, _running: Running) {
    let mut next = 0;
    loop {
        sleep(STEP).await;
        let Some(table) = table.upgrade() else { return };
        let now = clock.now().as_u64();
        for _ in 0..table.shards().div_ceil(STEPS) {
            table.sweep(next, now);
            next = (next + 1) % table.shards();
        }
        if next == 0 && table.resident() <= SMALL {
            return;
        }
    }
}

/// A task that ends, also with its runtime, can be started again.
struct Running(Arc<AtomicBool>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
