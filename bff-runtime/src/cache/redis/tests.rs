use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Outage, RedisStore, store::Settings};
use crate::{
    cache::{
        Entry, Invalidation, Key, Name, SharedStore as _, State, Store, Version,
        entry::{self, Answer, Terms},
    },
    redis::{
        Redis, Reply,
        stand::{Server, until},
    },
};

const MINUTE: Duration = Duration::from_secs(60);

/// Another instance of the app, and what it listens with.
struct Instance {
    store: Store,
    redis: Arc<RedisStore>,
}

impl Instance {
    async fn on(server: &Server) -> Self {
        Self::with(server, Settings::default()).await
    }

    async fn with(server: &Server, settings: Settings) -> Self {
        let instance = Self::away(server.redis(), settings);
        instance.listens().await;
        instance
    }

    fn away(redis: Redis, settings: Settings) -> Self {
        let store = Store::bounded(1 << 22);
        let redis = RedisStore::new(redis, settings, Arc::clone(&store.marks));
        store.share(Arc::clone(&redis) as _);
        Self { store, redis }
    }

    /// Hears of all that was given up. An outage is not what these tests are about.
    async fn listens(&self) {
        until(|| async { self.redis.listen().await.is_ok() }).await;
    }

    /// What it makes when it begins now.
    fn begins(&self, tags: &[&str], body: &'static str) -> Arc<Entry> {
        let answer = Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
        };
        let names = tags.iter().map(|tag| Name::tag(tag)).collect();
        let terms = Terms { revalidate: None, expire: MINUTE, names };
        Arc::new(Entry::new(answer, terms, entry::now(), self.store.marks.version()))
    }

    /// Makes and keeps it. It is in Redis afterwards, unless it is too large.
    async fn keeps(&self, tags: &[&str], body: &'static str) {
        until(|| async {
            self.store.keep(&key("a"), &self.begins(tags, body)).await;
            let is_there = self.redis.get(&key("a")).await.is_some_and(|it| it.answer.body == body);
            is_there || (self.store.is_shared() && body.len() > self.redis.settings.largest)
        })
        .await;
    }

    /// What it answers with: what it has, or else what another has made.
    async fn answers(&self) -> Option<(Bytes, State)> {
        loop {
            self.listens().await;
            let found = match self.store.look(key("a").as_bytes()) {
                Some((entry, state)) if state != State::Expired => Some((entry, state)),
                _ => self.store.fetch(&key("a")).await,
            };
            // Nothing is an answer only of a Redis that gives some.
            if found.is_some() || (self.store.is_shared() && self.redis.redis.ping().await.is_ok())
            {
                return found.map(|(entry, state)| (entry.answer.body.clone(), state));
            }
        }
    }

    async fn gives_up(&self, tags: &[&str], how: Invalidation) {
        let names: Vec<_> = tags.iter().map(|tag| Name::tag(tag)).collect();
        until(|| async { self.store.mark(&names, how).await.is_ok() }).await;
    }
}

/// What Redis replies, as soon as it does.
async fn told(redis: &Redis, words: &[&str]) -> Reply {
    loop {
        match redis.command(words).await {
            Ok(reply) => return reply,
            Err(error) => assert!(error.is_outage(), "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn key(name: &str) -> Key {
    Key::of_value(name.as_bytes(), &[])
}

fn fresh(body: &'static str) -> Option<(Bytes, State)> {
    Some((Bytes::from_static(body.as_bytes()), State::Fresh))
}

fn stale(body: &'static str) -> Option<(Bytes, State)> {
    Some((Bytes::from_static(body.as_bytes()), State::Stale))
}

#[tokio::test]
async fn rh_298_rh_314_an_entry_of_one_instance_is_had_by_all_until_it_is_given_up_by_any() {
    let Some(server) = Server::start() else { return };
    let [one, other] = [Instance::on(&server).await, Instance::on(&server).await];
    assert_eq!(one.answers().await, None);
    for (tag, body) in [("posts", "a"), ("post:7", "b")] {
        one.keeps(&["posts", "post:7"], body).await;
        assert_eq!(other.answers().await, fresh(body));
        // Neither a tag that nobody has (RH-303) nor one of another case (RH-302) is it.
        other.gives_up(&["nobody", "POSTS"], Invalidation::Expire).await;
        assert_eq!([one.answers().await, other.answers().await], [fresh(body), fresh(body)]);
        other.gives_up(&[tag], Invalidation::Expire).await;
        assert_eq!([one.answers().await, other.answers().await], [None, None]);
        // Nor does a third that comes later have it.
        assert_eq!(Instance::on(&server).await.answers().await, None);
    }
}

#[tokio::test]
async fn rh_284_rh_300_what_is_marked_stale_is_had_once_more_until_another_is_there() {
    let Some(server) = Server::start() else { return };
    let [one, other] = [Instance::on(&server).await, Instance::on(&server).await];
    one.keeps(&["posts"], "a").await;
    other.gives_up(&["posts", "nobody"], Invalidation::Stale).await;
    assert_eq!([one.answers().await, other.answers().await], [stale("a"), stale("a")]);
    one.keeps(&["posts"], "b").await;
    assert_eq!(Instance::on(&server).await.answers().await, fresh("b"));
    other.gives_up(&["posts"], Invalidation::Stale).await;
    other.gives_up(&["posts"], Invalidation::Expire).await;
    assert_eq!([one.answers().await, other.answers().await], [None, None]);
}

#[tokio::test]
async fn rh_298_security_47_what_was_begun_before_an_invalidation_never_counts_after_it() {
    let Some(server) = Server::start() else { return };
    let [one, other] = [Instance::on(&server).await, Instance::on(&server).await];
    for how in [Invalidation::Expire, Invalidation::Stale] {
        let begun = one.begins(&["posts"], "old");
        other.gives_up(&["posts"], how).await;
        // It has not heard of it when it stores it, nor has Redis been asked.
        one.store.keep(&key("a"), &begun).await;
        for instance in [&one, &other, &Instance::on(&server).await] {
            let found = instance.answers().await;
            assert!(found.is_none_or(|(_, state)| state != State::Fresh));
        }
    }
}

#[tokio::test]
async fn rh_298_an_instance_knows_of_an_invalidation_by_another_within_100_ms() {
    let Some(server) = Server::start() else { return };
    let [one, other] = [Instance::on(&server).await, Instance::on(&server).await];
    for _ in 0..5 {
        until(|| async { one.store.is_on() && other.store.is_on() }).await;
        other.keeps(&["a"], "1").await;
        one.gives_up(&["a"], Invalidation::Expire).await;
        let done = Instant::now();
        loop {
            // By when it asks, as a machine that is busy may take its time.
            let after = done.elapsed();
            let has_it = other.store.is_on()
                && matches!(other.store.look(key("a").as_bytes()), Some((_, State::Fresh)));
            if !has_it {
                break;
            }
            assert!(after < Duration::from_millis(100), "it does not know after {after:?}");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

#[tokio::test]
async fn security_47_what_redis_forgets_is_a_miss() {
    let Some(server) = Server::start() else { return };
    let (instance, redis) = (Instance::on(&server).await, server.redis());
    for forget in [&["FLUSHALL"][..], &["DEL", "bff:cache:marks"], &["DEL", "bff:cache:life"]] {
        instance.keeps(&["posts"], "a").await;
        assert_eq!(instance.answers().await, fresh("a"));
        told(&redis, forget).await;
        assert_eq!(instance.answers().await, None, "{forget:?}");
        assert_eq!(Instance::on(&server).await.answers().await, None, "{forget:?}");
    }
}

#[tokio::test]
async fn security_47_an_invalidation_that_redis_has_lost_is_not_undone_by_its_restart() {
    let Some(mut server) = Server::start() else { return };
    let instance = Instance::on(&server).await;
    instance.keeps(&["posts"], "old").await;
    told(&server.redis(), &["SAVE"]).await;
    instance.gives_up(&["posts"], Invalidation::Expire).await;
    server.kill();
    // With what it had when it was saved.
    server.restart();
    let redis = server.redis();
    until(|| async {
        let size = redis.command(&["DBSIZE"]).await.and_then(|size| size.integer());
        size == Ok(3)
    })
    .await;
    // One that has heard nothing of what was before, and one that has.
    assert_eq!(Instance::on(&server).await.answers().await, None);
    assert_eq!(instance.answers().await, None);
    instance.keeps(&["posts"], "new").await;
    assert_eq!(Instance::on(&server).await.answers().await, fresh("new"));
}

#[tokio::test]
async fn security_47_a_server_that_lags_behind_what_was_heard_is_begun_anew() {
    let Some(server) = Server::start() else { return };
    let [one, other] = [Instance::on(&server).await, Instance::on(&server).await];
    one.keeps(&["posts"], "old").await;
    assert_eq!(other.answers().await, fresh("old"));
    // As when a replica has taken over whose clock is behind, and that lacks the last invalidation.
    let ahead = Version(one.store.marks.version().0 + 3_600_000_000);
    one.store.marks.hear(&[Name::tag("x")], Invalidation::Expire, ahead);
    assert_eq!([one.answers().await, other.answers().await], [None, None]);
    assert!(other.store.marks.version() > ahead);
    other.keeps(&["posts"], "new").await;
    one.gives_up(&["posts"], Invalidation::Expire).await;
    assert_eq!(other.answers().await, None);
}

#[tokio::test]
async fn security_47_however_much_is_given_up_all_of_it_is_heard_and_so_much_remembered() {
    let Some(server) = Server::start() else { return };
    let settings = || Settings { most: 1500, ..Settings::default() };
    let [one, other] =
        [Instance::with(&server, settings()).await, Instance::with(&server, settings()).await];
    let tags: Vec<String> = (0..1400).map(|number| number.to_string()).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    other.keeps(&["1399"], "a").await;
    for some in tags.chunks(100) {
        one.gives_up(some, Invalidation::Expire).await;
    }
    // More than is told at a time.
    assert_eq!(other.answers().await, None);
    // What is older than a mark that is forgotten is gone, here and for who comes later.
    let begun = one.begins(&["none of them"], "b");
    one.store.keep(&key("a"), &begun).await;
    assert_eq!(Instance::with(&server, settings()).await.answers().await, fresh("b"));
    let more: Vec<String> = (0..1600).map(|number| format!("more {number}")).collect();
    for some in more.chunks(100) {
        one.gives_up(&some.iter().map(String::as_str).collect::<Vec<_>>(), Invalidation::Stale)
            .await;
    }
    let size = told(&server.redis(), &["ZCARD", "bff:cache:marks"]).await.integer();
    assert_eq!(size, Ok(1500));
    assert_eq!(Instance::with(&server, settings()).await.answers().await, None);
    assert_eq!(one.answers().await, None);
}

#[tokio::test]
async fn security_46_keys_are_hashes_with_an_end_and_apps_with_prefixes_know_nothing_of_each_other()
{
    let Some(server) = Server::start() else { return };
    let settings = || Settings { prefix: "shop:".to_owned(), ..Settings::default() };
    let shop = Instance::with(&server, settings()).await;
    shop.keeps(&["posts"], "a").await;
    let redis = server.redis();
    let keys = told(&redis, &["KEYS", "*entry*"]).await.list().unwrap();
    let keys = keys.into_iter().map(|key| String::from_utf8(key.bytes().unwrap().unwrap()));
    let [entry] = &keys.map(Result::unwrap).collect::<Vec<_>>()[..] else { panic!("one entry") };
    // 256 bits in base64.
    assert_eq!(entry.strip_prefix("shop:entry:").map(str::len), Some(43), "{entry}");
    let left = told(&redis, &["PTTL", entry]).await.integer().unwrap();
    assert!((1..=60_000).contains(&left), "{left}");
    let other = Instance::on(&server).await;
    assert_eq!(other.answers().await, None);
    other.gives_up(&["posts"], Invalidation::Expire).await;
    assert_eq!(shop.answers().await, fresh("a"));
    assert_eq!(Instance::with(&server, settings()).await.answers().await, fresh("a"));
}

#[tokio::test]
async fn rh_287_a_release_reads_nothing_of_another_and_hears_what_that_gives_up() {
    let Some(server) = Server::start() else { return };
    let of = |release: &str| Settings { release: release.to_owned(), ..Settings::default() };
    let [old, new] =
        [Instance::with(&server, of("1")).await, Instance::with(&server, of("2")).await];
    old.keeps(&["posts"], "old").await;
    assert_eq!(Instance::with(&server, of("1")).await.answers().await, fresh("old"));
    assert_eq!(new.answers().await, None);
    new.keeps(&["posts"], "new").await;
    assert_eq!([old.answers().await, new.answers().await], [fresh("old"), fresh("new")]);
    old.gives_up(&["posts"], Invalidation::Expire).await;
    assert_eq!([old.answers().await, new.answers().await], [None, None]);
}

#[tokio::test]
async fn what_is_too_large_is_kept_by_the_one_who_has_made_it_and_given_up_by_any() {
    let Some(server) = Server::start() else { return };
    let settings = || Settings { largest: 100, ..Settings::default() };
    let [one, other] =
        [Instance::with(&server, settings()).await, Instance::with(&server, settings()).await];
    let body: &'static str = Box::leak("x".repeat(200).into_boxed_str());
    one.keeps(&["posts"], body).await;
    assert_eq!([one.answers().await, other.answers().await], [fresh(body), None]);
    other.gives_up(&["posts"], Invalidation::Expire).await;
    assert_eq!(one.answers().await, None);
    // What was there before it is no answer any more, for whoever comes.
    one.keeps(&["posts"], "small").await;
    assert_eq!(Instance::with(&server, settings()).await.answers().await, fresh("small"));
    until(|| async {
        one.store.keep(&key("a"), &one.begins(&["posts"], body)).await;
        one.store.is_shared() && Instance::with(&server, settings()).await.answers().await.is_none()
    })
    .await;
    assert_eq!(one.answers().await, fresh(body));
}

#[tokio::test]
async fn what_another_release_or_program_has_written_is_a_miss() {
    let Some(server) = Server::start() else { return };
    let (instance, redis) = (Instance::on(&server).await, server.redis());
    instance.keeps(&["a"], "1").await;
    let keys = told(&redis, &["KEYS", "bff:cache:entry:*"]).await.list().unwrap();
    let entry = keys[0].clone().bytes().unwrap().unwrap();
    let entry = String::from_utf8(entry).unwrap();
    told(&redis, &["SET", &entry, "<html>"]).await;
    assert_eq!(Instance::on(&server).await.answers().await, None);
    // Marks of a kind that is not known yet are passed over.
    let ahead = (instance.store.marks.version().0 + 1).to_string();
    told(&redis, &["ZADD", "bff:cache:marks", &ahead, "z posts"]).await;
    instance.gives_up(&["a"], Invalidation::Expire).await;
    assert_eq!(instance.answers().await, None);
    // What is no set of marks at all is an outage, until somebody has looked into it.
    told(&redis, &["SET", "bff:cache:marks", "<html>"]).await;
    assert!(instance.redis.listen().await.is_err());
    until(|| async { !instance.store.is_on() }).await;
}

#[tokio::test]
async fn security_51_without_redis_nothing_is_shared_and_it_is_told() {
    for (outage, is_on) in [(Outage::Bypass, false), (Outage::Local, true)] {
        let redis = Redis::connect("redis://127.0.0.1:1").unwrap();
        let settings = Settings { outage, ..Settings::default() };
        let instance = Instance::away(redis, settings);
        assert_eq!(instance.store.is_on(), is_on);
        assert!(!instance.store.is_shared() && instance.redis.listen().await.is_err());
        let begun = instance.begins(&["a"], "1");
        instance.store.keep(&key("a"), &begun).await;
        assert!(instance.store.fetch(&key("a")).await.is_none());
        let error = instance.store.mark(&[Name::tag("a")], Invalidation::Expire).await.unwrap_err();
        assert!(error.to_string().starts_with("the shared store cannot be reached: "), "{error}");
        // It is given up here all the same.
        assert!(matches!(instance.store.look(key("a").as_bytes()), Some((_, State::Expired))));
    }
}
