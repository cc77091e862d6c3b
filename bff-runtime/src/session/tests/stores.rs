//! Sessions on the server, and what the server remembers of those that are not.

use std::sync::Mutex;

use super::*;
use crate::session::{SessionStore, StoreError, StoreFuture, StoreKey, Stored};

/// A store that tells all that it was given, counts its reads, and can be away.
#[derive(Clone, Debug, Default)]
struct Spy {
    inner: Arc<MemoryStore>,
    seen: Arc<Mutex<Vec<u8>>>,
    loads: Arc<AtomicU64>,
    is_away: Arc<AtomicU64>,
}

impl Spy {
    fn ask(&self) -> Result<(), StoreError> {
        match self.is_away.load(Ordering::Relaxed) {
            0 => Ok(()),
            _ => Err(StoreError::new("connection refused")),
        }
    }

    fn note(&self, key: &StoreKey, value: &[u8]) {
        let mut seen = self.seen.lock().unwrap();
        seen.extend(key.as_bytes());
        seen.extend(value);
    }
}

impl SessionStore for Spy {
    fn load<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            self.ask()?;
            self.loads.fetch_add(1, Ordering::Relaxed);
            self.inner.load(key).await
        })
    }

    fn insert<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.ask()?;
            self.note(key, stored.value);
            self.inner.insert(key, stored).await
        })
    }

    fn update<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, bool> {
        Box::pin(async move {
            self.ask()?;
            self.note(key, stored.value);
            self.inner.update(key, stored).await
        })
    }

    fn remove<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.ask()?;
            self.inner.remove(key).await
        })
    }
}

fn apps(spy: &Spy) -> [App; 2] {
    [
        App::with(Sessions::cookie(keys()).ended_in(spy.clone())),
        App::with(Sessions::stored(Arc::new(spy.clone()))),
    ]
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn security_5_22_a_copy_of_the_store_has_no_id_in_it() {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

    let spy = Spy::default();
    for app in apps(&spy) {
        let cookie = app.login("", "7").await;
        let value = cookie.split_once('=').unwrap().1;
        let id = app.sessions.open(value).await.unwrap().unwrap().id.to_text();
        app.request(&cookie, async |session| session.set("a", &1).await).await.result.unwrap();
        app.request(&cookie, async |session| session.logout().await).await.result.unwrap();
        let seen = spy.seen.lock().unwrap().clone();
        assert!(!seen.is_empty());
        assert!(!contains(&seen, id.as_bytes()));
        assert!(!contains(&seen, &BASE64_URL_SAFE_NO_PAD.decode(&id).unwrap()));
    }
}

#[tokio::test]
async fn a_session_that_ends_meanwhile_does_not_come_back() {
    for (app, status_of_set) in [(App::cookie(), 200), (App::stored(), 401)] {
        for end in ["here", "everywhere"] {
            for change in ["set", "rotate"] {
                let cookie = app.login("", "7").await;
                let late = async |session: Session| {
                    let other = async |session: Session| match end {
                        "here" => session.logout().await,
                        _ => session.logout_everywhere().await,
                    };
                    app.request(&cookie, other).await.result.unwrap();
                    Ok(match change {
                        "set" => status(session.set("a", &1).await),
                        _ => status(session.rotate().await),
                    })
                };
                let answer = app.request(&cookie, late).await;
                let sent = answer.line().map(|line| line.split(';').next().unwrap().to_owned());
                let expected = if change == "set" { status_of_set } else { 401 };
                assert_eq!(answer.result.unwrap(), expected, "{change} after {end}");
                // What a cookie says that was encrypted too late counts for nothing.
                for cookie in sent.iter().chain([&cookie]) {
                    assert_eq!(app.user(cookie).await, None, "{change} after {end}");
                }
            }
        }
    }
}

#[tokio::test]
async fn instances_that_share_a_store_share_its_logouts() {
    let spy = Spy::default();
    for (first, second) in apps(&spy).into_iter().zip(apps(&spy)) {
        for everywhere in [false, true] {
            let cookie = first.login("", "7").await;
            assert_eq!(second.user(&cookie).await.as_deref(), Some("7"));
            let end = async |session: Session| {
                if everywhere { session.logout_everywhere().await } else { session.logout().await }
            };
            second.request(&cookie, end).await.result.unwrap();
            assert_eq!(first.user(&cookie).await, None);
        }
    }
}

#[tokio::test]
async fn a_store_that_is_away_is_a_503_and_never_a_guess() {
    for number in 0..2 {
        let spy = Spy::default();
        let app = apps(&spy)[number].clone();
        let cookie = app.login("", "7").await;
        let use_it = async |session: Session| {
            spy.is_away.store(1, Ordering::Relaxed);
            let statuses = [
                status(session.login("8").await),
                status(session.logout_everywhere().await),
                status(session.logout().await),
            ];
            Ok((statuses, session.user().as_deref() == Some("7")))
        };
        let answer = app.request(&cookie, use_it).await;
        assert_eq!(answer.pair(), "", "the client forgets it in any case");
        assert_eq!(answer.result.unwrap(), ([503; 3], true));

        let refused = app.request(&cookie, async |_| Ok(())).await;
        let error = refused.result.unwrap_err();
        let response = axum::response::IntoResponse::into_response(error);
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "1");

        spy.is_away.store(0, Ordering::Relaxed);
        assert_eq!(app.user(&cookie).await.as_deref(), Some("7"));
    }
}

#[tokio::test]
async fn a_renewal_that_fails_refuses_nobody() {
    let spy = Spy::default();
    let [_, app] = apps(&spy);
    let cookie = app.login("", "7").await;
    app.now.advance(10 * MINUTE);
    let mut parts = parts(&cookie);
    parts.extensions.insert(app.sessions.clone());
    assert_eq!(user_of(&mut parts).await.as_deref(), Some("7"));
    spy.is_away.store(1, Ordering::Relaxed);
    let answer = answer(&mut parts, async |session| Ok(session.user())).await;
    assert_eq!(answer.line(), None);
    assert_eq!(answer.result.unwrap().as_deref(), Some("7"));
}

#[tokio::test]
async fn a_full_store_refuses_the_login_and_keeps_what_there_was() {
    let app = App::with(Sessions::stored(MemoryStore::bounded(2, 1 << 20)));
    let visitor = app.request("", async |session| session.set("a", &1).await).await.pair();
    let cookies = [app.login("", "7").await, app.login("", "8").await];
    assert_eq!(app.user(&visitor).await, None, "a visitor makes room");
    let refused = app.request("", async |session| session.login("9").await).await;
    assert_eq!(refused.line(), None);
    assert_eq!(status(refused.result), 503);
    for (cookie, user) in cookies.iter().zip(["7", "8"]) {
        assert_eq!(app.user(cookie).await.as_deref(), Some(user));
    }
}

#[tokio::test]
async fn a_store_is_asked_once_in_a_request() {
    let spy = Spy::default();
    for app in apps(&spy) {
        let cookie = app.login("", "7").await;
        spy.loads.store(0, Ordering::Relaxed);
        let mut parts = parts(&cookie);
        parts.extensions.insert(app.sessions.clone());
        // A limit, a proxy in a scope of its own, and the handler.
        assert_eq!(user_of(&mut parts).await.as_deref(), Some("7"));
        for _ in 0..2 {
            let answer = answer(&mut parts, async |session| Ok(session.user())).await;
            assert_eq!(answer.result.unwrap().as_deref(), Some("7"));
        }
        // One for the session or its end, one for the epoch of the user.
        assert_eq!(spy.loads.load(Ordering::Relaxed), 2);
        // What the proxy has changed counts.
        answer(&mut parts, async |session| session.set("a", &1).await).await.result.unwrap();
        parts.headers.remove(header::COOKIE);
        assert_eq!(user_of(&mut parts).await, None);
    }
}
