use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use super::{Outage, shared_on};
use crate::{
    Error,
    cache::{Invalidation, Name, Store, Values, cached},
    redis::stand::Server,
};

const KEYS: usize = 4;
const INSTANCES: usize = 3;

/// Within so long everybody knows.
const KNOWN: Duration = Duration::from_millis(100);

/// What the values are computed from, and what of it has been announced.
struct Stage {
    /// Ever larger.
    now: [AtomicU64; KEYS],
    /// What had its predecessors given up, successfully, and when that was.
    announced: [Mutex<Vec<(Instant, u64)>>; KEYS],
    reads: AtomicU64,
    runs: AtomicU64,
    failed: AtomicU64,
    is_over: AtomicBool,
}

impl Stage {
    /// What whoever asks now must at least be told.
    fn least(&self, key: usize) -> u64 {
        let now = Instant::now();
        let announced = self.announced[key].lock().unwrap();
        let known = announced.iter().rev().find(|(at, _)| now.duration_since(*at) >= KNOWN);
        known.map_or(0, |(_, value)| *value)
    }

    fn announce(&self, key: usize, value: u64) {
        let mut announced = self.announced[key].lock().unwrap();
        let largest = announced.last().map_or(0, |(_, largest)| *largest);
        announced.push((Instant::now(), value.max(largest)));
    }
}

fn tag(key: usize) -> String {
    format!("key:{key}")
}

async fn reads(stage: Arc<Stage>, values: &'static Values, mut key: usize) {
    while !stage.is_over.load(SeqCst) {
        key = (key + 1) % KEYS;
        let least = stage.least(key);
        let from = Arc::clone(&stage);
        let compute = async move || {
            let value = from.now[key].load(SeqCst);
            from.runs.fetch_add(1, SeqCst);
            // Some are slow, so that much happens between.
            if value.is_multiple_of(3) {
                tokio::time::sleep(Duration::from_millis(value % 7)).await;
            }
            Ok::<_, Error>(value)
        };
        let call = cached(key, compute).tags(["all".to_owned(), tag(key)]);
        let value = call.of(values).await.unwrap();
        assert!(value >= least, "key {key}: {value}, and {least} was announced");
        stage.reads.fetch_add(1, SeqCst);
        tokio::task::yield_now().await;
    }
}

async fn writes(stage: Arc<Stage>, values: &'static Values, mut key: usize) {
    let mut number = 0;
    while !stage.is_over.load(SeqCst) {
        key = (key + 1) % KEYS;
        number += 1;
        let value = stage.now[key].fetch_add(1, SeqCst) + 1;
        let name = if number % 3 == 0 { "all".to_owned() } else { tag(key) };
        match values.store().mark(&[Name::tag(&name)], Invalidation::Expire).await {
            Ok(()) => stage.announce(key, value),
            Err(_) => {
                stage.failed.fetch_add(1, SeqCst);
            }
        }
        tokio::time::sleep(Duration::from_millis(10 + number % 5)).await;
    }
}

/// Until it has happened so many times more: by what has happened, not by the clock.
async fn more(count: impl Fn() -> u64, number: u64) {
    let from = count();
    let enough = async {
        while count() < from + number {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), enough).await.expect("nothing happens any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rh_298_security_51_no_answer_is_older_than_an_invalidation_whatever_happens_to_redis() {
    let Some(mut server) = Server::start() else { return };
    let stage = Arc::new(Stage {
        now: Default::default(),
        announced: Default::default(),
        reads: AtomicU64::new(0),
        runs: AtomicU64::new(0),
        failed: AtomicU64::new(0),
        is_over: AtomicBool::new(false),
    });
    let mut tasks = Vec::new();
    for number in 0..INSTANCES {
        // Each with a memory and a connection of its own.
        let store = Store::bounded(1 << 20);
        store.share(shared_on(server.redis(), Outage::Bypass, &store.marks));
        let values: &Values = Box::leak(Box::new(Values::of(Box::leak(Box::new(store)))));
        for reader in 0..3 {
            tasks.push(tokio::spawn(reads(Arc::clone(&stage), values, number + reader)));
        }
        tasks.push(tokio::spawn(writes(Arc::clone(&stage), values, number)));
    }
    let announced =
        || stage.announced.iter().map(|key| key.lock().unwrap().len() as u64).sum::<u64>();
    let hits = || stage.reads.load(SeqCst).saturating_sub(stage.runs.load(SeqCst));
    let failed = || stage.failed.load(SeqCst);
    for round in 0..6 {
        more(announced, 20).await;
        more(hits, 50).await;
        match round % 3 {
            0 => {
                server.kill();
                more(failed, 10).await;
                server.restart();
            }
            1 => {
                // With the past in it, which has been given up since.
                let _ = server.redis().command(&["SAVE"]).await;
                more(announced, 10).await;
                server.kill();
                more(failed, 10).await;
                server.restart();
            }
            _ => {
                server.hang();
                more(failed, 10).await;
                server.wake();
            }
        }
    }
    more(announced, 20).await;
    more(hits, 50).await;
    stage.is_over.store(true, SeqCst);
    for task in tasks {
        task.await.unwrap();
    }
}
