use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use http::StatusCode;
use tokio::sync::Semaphore;

use super::*;
use crate::{
    Error, Problem,
    cache::{Invalidation, Name, Store},
};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

/// What one instance of an app has, and how often its function ran.
struct Instance {
    values: &'static Values,
    runs: Arc<AtomicUsize>,
}

fn instance() -> Instance {
    Instance::of(Store::bounded(1 << 20))
}

impl Instance {
    /// Stores are for ever, as that of a process is.
    fn of(store: Store) -> Self {
        let store = Box::leak(Box::new(store));
        Self { values: Box::leak(Box::new(Values::of(store))), runs: Arc::default() }
    }

    fn store(&self) -> &'static Store {
        self.values.store()
    }

    /// The number of the run that the value is of, made at once.
    fn call(&self, key: impl serde::Serialize) -> Cached<usize> {
        let runs = Arc::clone(&self.runs);
        cached(key, async move || Ok::<_, Error>(runs.fetch_add(1, SeqCst) + 1))
    }

    async fn get(&self, call: Cached<usize>) -> usize {
        call.of(self.values).await.unwrap()
    }

    async fn expire(&self, tag: &str) {
        // An outage is not what is asked about.
        while self.store().mark(&[Name::tag(tag)], Invalidation::Expire).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn mark_stale(&self, tag: &str) {
        self.store().mark(&[Name::tag(tag)], Invalidation::Stale).await.unwrap();
    }

    /// Makes what is kept of a call so much older.
    async fn pass(&self, call: &Cached<usize>, time: Duration) {
        self.values.age(&call.wanted().unwrap().key, time).await;
    }

    /// Until a run has ended of those that were begun behind.
    async fn ran(&self, runs: usize) {
        while self.runs.load(SeqCst) < runs || self.values.is_making() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

#[tokio::test]
async fn rh_283_rh_286_each_key_has_its_value_until_it_is_revalidated() {
    let instance = instance();
    for (key, expected) in [(("a", 1), 1), (("a", 2), 2), (("a", 1), 1), (("b", 1), 3)] {
        assert_eq!(instance.get(instance.call(key)).await, expected, "{key:?}");
    }
    instance.pass(&instance.call(("a", 1)), 300 * DAY).await;
    assert_eq!(instance.get(instance.call(("a", 1))).await, 1);
    // Another type of result is another value, also under the same key.
    let text = cached(("a", 1), async || Ok::<_, Error>("text".to_owned()));
    assert_eq!(text.of(instance.values).await.unwrap(), "text");
}

#[tokio::test]
async fn rh_274_rh_284_an_old_value_is_returned_once_and_made_anew_behind() {
    let instance = instance();
    let call = || instance.call("a").revalidate("60s");
    assert_eq!(instance.get(call()).await, 1);
    instance.pass(&call(), MINUTE / 2).await;
    assert_eq!(instance.get(call()).await, 1);
    instance.pass(&call(), MINUTE / 2).await;
    assert_eq!(instance.get(call()).await, 1);
    instance.ran(2).await;
    assert_eq!(instance.get(call()).await, 2);
    // After its end it is waited for.
    let call = || instance.call("b").life(Life::MINUTES);
    assert_eq!(instance.get(call()).await, 3);
    instance.pass(&call(), 60 * MINUTE).await;
    assert_eq!(instance.get(call()).await, 4);
    // Zero is never (RH-274).
    let call = || instance.call("c").revalidate(Duration::ZERO);
    assert_eq!([instance.get(call()).await, instance.get(call()).await], [5, 6]);
}

#[tokio::test]
async fn rh_284_rh_300_a_tag_makes_old_or_takes_away() {
    let instance = instance();
    let call = || instance.call("a").tags(["posts", "post:7"]);
    assert_eq!(instance.get(call()).await, 1);
    instance.expire("POSTS").await;
    assert_eq!(instance.get(call()).await, 1);
    instance.expire("post:7").await;
    assert_eq!(instance.get(call()).await, 2);
    instance.mark_stale("posts").await;
    assert_eq!(instance.get(call()).await, 2);
    instance.ran(3).await;
    assert_eq!(instance.get(call()).await, 3);
}

#[tokio::test]
async fn rh_277_security_47_a_thousand_who_ask_at_once_run_it_once() {
    let instance = instance();
    let all = (0..1000).map(|_| instance.get(instance.call("a")));
    let all = futures_util::future::join_all(all).await;
    assert!(all.into_iter().all(|run| run == 1));
    assert_eq!(instance.runs.load(SeqCst), 1);
}

/// A call that returns what `read` gives when it begins, once it may.
fn slow(read: &Arc<AtomicUsize>, may: &Arc<Semaphore>) -> Cached<usize> {
    let (read, may) = (Arc::clone(read), Arc::clone(may));
    let compute = async move || {
        let value = read.load(SeqCst);
        may.acquire().await?.forget();
        Ok::<_, Error>(value)
    };
    cached("slow", compute).tags(["a"])
}

#[tokio::test]
async fn security_47_nobody_who_asks_after_an_invalidation_gets_what_was_begun_before() {
    let instance = instance();
    let (read, may) = (Arc::new(AtomicUsize::new(1)), Arc::new(Semaphore::new(0)));
    let before = slow(&read, &may).of(instance.values);
    tokio::pin!(before);
    assert!(futures_util::poll!(&mut before).is_pending());
    // It has read by now.
    tokio::time::sleep(Duration::from_millis(5)).await;
    read.store(2, SeqCst);
    instance.expire("a").await;
    let after = slow(&read, &may).of(instance.values);
    tokio::pin!(after);
    assert!(futures_util::poll!(&mut after).is_pending());
    may.add_permits(2);
    assert_eq!((before.await.unwrap(), after.await.unwrap()), (1, 2));
    assert_eq!(slow(&read, &may).of(instance.values).await.unwrap(), 2);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_made_and_kept() {
    let instance = instance();
    let (read, may) = (Arc::new(AtomicUsize::new(1)), Arc::new(Semaphore::new(0)));
    {
        let left = slow(&read, &may).of(instance.values);
        tokio::pin!(left);
        assert!(futures_util::poll!(&mut left).is_pending());
    }
    may.add_permits(1);
    instance.ran(0).await;
    read.store(2, SeqCst);
    assert_eq!(slow(&read, &may).of(instance.values).await.unwrap(), 1);
}

#[tokio::test]
async fn errors_are_told_to_all_and_not_kept() {
    let instance = instance();
    let fails = |error: fn() -> Error| {
        let runs = Arc::clone(&instance.runs);
        let compute = async move || {
            runs.fetch_add(1, SeqCst);
            tokio::task::yield_now().await;
            Err::<usize, _>(error())
        };
        cached("a", compute).of(instance.values)
    };
    let missing: fn() -> Error = || Problem::new(StatusCode::NOT_FOUND).into();
    let broken: fn() -> Error = || std::fs::read("/dev/null/none").unwrap_err().into();
    for (number, (error, status)) in
        [(missing, StatusCode::NOT_FOUND), (broken, StatusCode::INTERNAL_SERVER_ERROR)]
            .into_iter()
            .enumerate()
    {
        let all = futures_util::future::join_all((0..10).map(|_| fails(error))).await;
        for result in all {
            let found = result.unwrap_err();
            assert_eq!((found.status(), found.to_string()), (status, error().to_string()));
            let is_io = |error: &Error| error.source().is_some_and(|it| it.is::<std::io::Error>());
            assert_eq!(is_io(&found), is_io(&error()));
        }
        assert_eq!(instance.runs.load(SeqCst), number + 1);
    }
    assert_eq!(instance.get(instance.call("a")).await, 3);
}

#[tokio::test]
async fn one_who_panics_is_an_error_for_all_and_forgotten() {
    let instance = instance();
    let panics = || {
        let compute = async || {
            tokio::task::yield_now().await;
            assert!(std::hint::black_box(false), "on purpose");
            Ok::<usize, Error>(0)
        };
        cached("a", compute).of(instance.values)
    };
    let all = futures_util::future::join_all((0..10).map(|_| panics())).await;
    assert!(all.iter().all(|result| result.is_err()));
    assert_eq!(instance.get(instance.call("a")).await, 1);
}

#[tokio::test]
async fn rh_256_an_old_value_stays_when_it_cannot_be_made_anew_and_is_not_tried_at_once() {
    let instance = instance();
    let runs = Arc::clone(&instance.runs);
    let call = || {
        let runs = Arc::clone(&runs);
        let compute = async move || match runs.fetch_add(1, SeqCst) {
            0 => Ok(1),
            1 => Err(Error::msg("on purpose")),
            more => Ok(more),
        };
        cached("a", compute).revalidate(MINUTE)
    };
    assert_eq!(instance.get(call()).await, 1);
    instance.pass(&call(), MINUTE).await;
    assert_eq!(instance.get(call()).await, 1);
    instance.ran(2).await;
    for _ in 0..10 {
        assert_eq!(instance.get(call()).await, 1);
    }
    assert_eq!(runs.load(SeqCst), 2);
}

#[tokio::test]
async fn what_cannot_be_kept_or_said_is_an_error_the_first_time() {
    let instance = instance();
    let values = instance.values;
    let told = |error: Error| (error.status().as_u16(), error.to_string());
    let nan = cached("a", async || Ok::<_, Error>(f64::NAN)).of(values).await;
    let (status, text) = told(nan.unwrap_err());
    assert!(status == 500 && text.starts_with("a cached `f64` cannot be read as JSON: "), "{text}");
    let keys = std::collections::HashMap::from([((1, 2), 3)]);
    let map = cached("a", async move || Ok::<_, Error>(keys)).of(values).await;
    let (status, text) = told(map.unwrap_err());
    assert!(status == 500 && text.contains("cannot be written as JSON: "), "{text}");
    for period in ["60", "soon", "0s"] {
        let wrong = instance.call("a").revalidate(period).of(values).await;
        let (status, text) = told(wrong.unwrap_err());
        assert!(status == 500 && text.starts_with(&format!("`{period}` is no time")), "{text}");
    }
    assert_eq!(instance.runs.load(SeqCst), 0);
}

#[tokio::test]
async fn rh_297_a_tag_that_is_too_long_is_left_out_and_one_is_set_once() {
    let instance = instance();
    let long = "ü".repeat(257);
    let call = || instance.call("a").tags([long.clone(), "a".to_owned(), "a".to_owned()]);
    assert_eq!(instance.get(call()).await, 1);
    instance.expire(&long).await;
    assert_eq!(instance.get(call()).await, 1);
    instance.expire("a").await;
    assert_eq!(instance.get(call()).await, 2);
}

#[tokio::test]
async fn rh_261_security_47_values_take_so_much_memory_and_no_more() {
    let instance = instance();
    let text = "x".repeat(10_000);
    for number in 0..1000 {
        let text = text.clone();
        let call = cached(number, async move || Ok::<_, Error>(text));
        call.of(instance.values).await.unwrap();
    }
    let bytes = instance.store().bytes();
    assert!((1..=1 << 20).contains(&bytes), "{bytes}");
}

#[cfg(feature = "redis")]
mod on_redis {
    use std::time::Instant;

    use super::*;
    use crate::{
        cache::{Outage, redis::shared_on},
        redis::stand::{Server, until},
    };

    async fn instances(server: &Server, outage: Outage) -> [Instance; 2] {
        let instances = [(); 2].map(|()| {
            let store = Store::bounded(1 << 20);
            store.share(shared_on(server.redis(), outage, &store.marks));
            Instance::of(store)
        });
        for instance in &instances {
            is_informed(instance).await;
        }
        instances
    }

    async fn is_informed(instance: &Instance) {
        until(|| async { instance.store().is_shared() }).await;
    }

    #[tokio::test]
    async fn rh_291_rh_314_instances_share_values_and_what_is_said_of_tags() {
        let Some(server) = Server::start() else { return };
        let [one, other] = instances(&server, Outage::Bypass).await;
        let truth = Arc::new(AtomicUsize::new(0));
        let get = async |instance: &Instance| {
            let truth = Arc::clone(&truth);
            let compute = async move || Ok::<_, Error>(truth.load(SeqCst));
            instance.get(cached("a", compute).tags(["a"])).await
        };
        for number in 1..=5 {
            truth.store(number, SeqCst);
            one.expire("a").await;
            let done = Instant::now();
            assert_eq!(get(&one).await, number);
            loop {
                // By when it asks, as a machine that is busy may take its time.
                let after = done.elapsed();
                if get(&other).await == number {
                    break;
                }
                assert!(after < Duration::from_millis(100), "the old one after {after:?}");
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            // What was changed without a word is not seen, so what they have is kept.
            until(|| async {
                truth.store(number, SeqCst);
                one.expire("a").await;
                get(&other).await;
                truth.store(100, SeqCst);
                get(&other).await == number
            })
            .await;
        }
    }

    #[tokio::test]
    async fn rh_287_what_another_release_has_kept_and_this_cannot_read_is_made_anew() {
        /// As one release has it, and the next.
        mod release {
            pub(super) mod one {
                #[derive(serde::Deserialize, serde::Serialize)]
                pub(crate) struct Post(pub(crate) u8);
            }
            pub(super) mod two {
                #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
                pub(crate) struct Post {
                    pub(crate) number: u8,
                }
            }
        }
        let Some(server) = Server::start() else { return };
        let [one, other] = instances(&server, Outage::Bypass).await;
        let old = cached("a", async || Ok::<_, Error>(release::one::Post(1)));
        let mut new = cached("a", async || Ok::<_, Error>(release::two::Post { number: 2 }));
        new.named_as(&old);
        old.of(one.values).await.unwrap();
        assert_eq!(new.of(other.values).await.unwrap(), release::two::Post { number: 2 });
    }

    #[tokio::test]
    async fn security_51_without_redis_functions_run_or_each_instance_keeps_its_own() {
        for outage in [Outage::Bypass, Outage::Local] {
            let Some(mut server) = Server::start() else { return };
            let [one, other] = instances(&server, outage).await;
            let call = |instance: &Instance| instance.call("a").tags(["a"]);
            one.get(call(&one)).await;
            other.get(call(&other)).await;
            server.kill();
            until(|| async { !one.store().is_shared() && !other.store().is_shared() }).await;
            let [before, unheard] = [one.get(call(&one)).await, other.get(call(&other)).await];
            let again = one.get(call(&one)).await;
            let tag = [Name::tag("a")];
            assert!(one.store().mark(&tag, Invalidation::Expire).await.is_err());
            let after = one.get(call(&one)).await;
            match outage {
                // Each is a run.
                Outage::Bypass => assert_eq!([again, after], [before + 1, before + 2]),
                // It knows itself what it has given up, and keeps for itself; others do not hear of it.
                Outage::Local => {
                    assert_eq!(again, before);
                    assert!(after != before, "{after}");
                    assert_eq!(one.get(call(&one)).await, after);
                    assert_eq!(other.get(call(&other)).await, unheard);
                }
            }
            server.restart();
            is_informed(&one).await;
            is_informed(&other).await;
            // Nothing from before counts any more, as Redis may have lost something; then they share again.
            until(|| async {
                let found = one.get(call(&one)).await;
                found > after && other.get(call(&other)).await == found
            })
            .await;
        }
    }
}
