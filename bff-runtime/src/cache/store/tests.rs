use std::{collections::HashMap, sync::Mutex, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{
    super::{
        Version,
        entry::{Answer, Terms},
        key::Parts,
        shared::SharedFuture,
    },
    *,
};

fn key(number: u64) -> Key {
    let mut parts = Parts::new();
    parts.part(&number.to_le_bytes());
    parts.into_key()
}

fn entry(store: &Store, body: &'static str) -> Arc<Entry> {
    let terms = Terms {
        revalidate: None,
        expire: Duration::from_secs(60),
        names: vec![Name::tag("posts")],
    };
    let answer = Answer {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::from_static(body.as_bytes()),
    };
    Arc::new(Entry::new(answer, terms, entry::now(), store.marks.version()))
}

#[test]
fn rh_261_the_size_of_the_store_is_a_number_of_bytes() {
    for (value, expected) in [
        (None, Ok(50 << 20)),
        (Some(""), Ok(50 << 20)),
        (Some(" 1000 "), Ok(1000)),
        (Some("0"), Ok(0)),
        (
            Some("50MiB"),
            Err(
                "environment variable `BFF_CACHE_MAX_BYTES` must be a number of bytes, or 0 to keep nothing",
            ),
        ),
        (
            Some("-1"),
            Err(
                "environment variable `BFF_CACHE_MAX_BYTES` must be a number of bytes, or 0 to keep nothing",
            ),
        ),
    ] {
        assert_eq!(max_bytes(value), expected.map_err(str::to_owned), "{value:?}");
    }
    assert!(!Store::bounded(0).is_on() && Store::bounded(1).is_on());
}

#[tokio::test]
async fn rh_261_what_is_kept_stays_within_the_bound() {
    const BOUND: u64 = 1 << 20;
    let store = Store::bounded(BOUND);
    for number in 0..20_000 {
        store.keep(&key(number), &entry(&store, "an answer")).await;
    }
    let bytes = store.bytes();
    assert!(bytes <= BOUND && bytes > BOUND / 2, "{bytes}");
}

/// What two instances share, in this process.
#[derive(Debug)]
struct Remote {
    entries: Mutex<HashMap<Key, Arc<Entry>>>,
    standing: Mutex<Standing>,
}

fn copy(entry: &Entry) -> Entry {
    Entry::new(entry.answer.clone(), entry.terms.clone(), entry.made_at, entry.as_of)
}

impl SharedStore for Remote {
    fn get<'a>(&'a self, key: &'a Key) -> SharedFuture<'a, Option<Entry>> {
        Box::pin(async { self.entries.lock().unwrap().get(key).map(|entry| copy(entry)) })
    }

    fn set<'a>(&'a self, key: &'a Key, entry: Arc<Entry>) -> SharedFuture<'a, ()> {
        self.entries.lock().unwrap().insert(key.clone(), entry);
        Box::pin(async {})
    }

    fn remove<'a>(&'a self, key: &'a Key) -> SharedFuture<'a, ()> {
        self.entries.lock().unwrap().remove(key);
        Box::pin(async {})
    }

    fn mark<'a>(
        &'a self,
        _: &'a [Name],
        _: Invalidation,
    ) -> SharedFuture<'a, Result<Version, CacheError>> {
        let is_there = self.standing() == Standing::Shared;
        Box::pin(
            async move { if is_there { Ok(Version(7)) } else { Err(CacheError::away("test")) } },
        )
    }

    fn standing(&self) -> Standing {
        *self.standing.lock().unwrap()
    }
}

#[tokio::test]
async fn what_one_instance_has_made_is_there_for_another() {
    let remote =
        Arc::new(Remote { entries: Mutex::default(), standing: Mutex::new(Standing::Shared) });
    let [one, two] = [(); 2].map(|()| {
        let store = Store::bounded(1 << 20);
        store.share(remote.clone());
        store
    });
    one.keep(&key(1), &entry(&one, "made")).await;
    assert!(two.look(key(1).as_bytes()).is_none());
    let (found, state) = two.fetch(&key(1)).await.expect("one has made it");
    assert_eq!((&*found.answer.body, state), (&b"made"[..], State::Fresh));
    assert!(two.look(key(1).as_bytes()).is_none(), "whoever fetches may not be able to read it");
    two.remember(&key(1), &found);
    // What was put off stays so when the shared store has nothing newer.
    two.back_off(&key(1));
    let (again, _) = two.fetch(&key(1)).await.expect("it is there");
    two.remember(&key(1), &again);
    let (own, _) = two.look(key(1).as_bytes()).expect("it is in memory");
    assert!(!own.may_retry(entry::now()), "RH-256");

    // What was given up is no answer, wherever it comes from.
    two.mark(&[Name::tag("posts")], Invalidation::Expire).await.expect("it is there");
    assert!(two.look(key(1).as_bytes()).is_some_and(|(_, state)| state == State::Expired));
    assert!(two.fetch(&key(1)).await.is_none());
    one.forget(&key(1)).await;
    assert!(remote.entries.lock().unwrap().is_empty());

    // Away: others cannot hear of it, which is told, and here it is given up all the same.
    two.keep(&key(2), &entry(&two, "made")).await;
    *remote.standing.lock().unwrap() = Standing::Local;
    assert!(two.is_on() && two.fetch(&key(2)).await.is_none());
    assert!(two.mark(&[Name::tag("posts")], Invalidation::Expire).await.is_err());
    assert!(two.look(key(2).as_bytes()).is_some_and(|(_, state)| state == State::Expired));
    *remote.standing.lock().unwrap() = Standing::Bypass;
    assert!(!two.is_on());
}
