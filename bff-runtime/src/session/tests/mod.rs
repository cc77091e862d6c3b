mod caching;
mod cookie;
mod data;
mod expiry;
mod guards;
mod lives;
#[cfg(feature = "redis")]
mod redis;
mod stores;
mod tamper;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use axum::{body::Body, extract::FromRequestParts};
use http::{HeaderMap, HeaderValue, Request, header, request::Parts};

use super::{MemoryStore, Session, Sessions, identify};
use crate::{
    cookies::{Cookie, KeyRing},
    env::Mode,
    error::{Error, Result},
    rate_limit::Who,
    scope::{self, Scope},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const NAME: &str = "__Host-session";

/// A time that tests set.
#[derive(Clone)]
struct Now(Arc<AtomicU64>);

impl Now {
    fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_millis().try_into().unwrap(), Ordering::Relaxed);
    }
}

/// Who is signed in, before any handler.
async fn user_of(parts: &mut Parts) -> Option<String> {
    identify(parts, Who::User).await
}

fn keys() -> KeyRing {
    KeyRing::new([7; 32]).unwrap()
}

/// An app, as far as its sessions go.
#[derive(Clone)]
struct App {
    sessions: Sessions,
    now: Now,
}

impl App {
    fn with(sessions: Sessions) -> Self {
        let now = Now(Arc::new(AtomicU64::new(1_800_000_000_000)));
        let clock = now.clone();
        let time = move || UNIX_EPOCH + Duration::from_millis(clock.0.load(Ordering::Relaxed));
        Self { sessions: sessions.in_mode(Mode::Production).clock(time), now }
    }

    fn cookie() -> Self {
        Self::with(Sessions::cookie(keys()))
    }

    fn stored() -> Self {
        Self::with(Sessions::stored(MemoryStore::default()))
    }

    /// Both ways of keeping sessions: what is said of one holds for the other.
    fn both() -> [Self; 2] {
        [Self::cookie(), Self::stored()]
    }

    /// A request with this `Cookie` header, and what its handler does with the session.
    async fn request<T>(
        &self,
        cookie: &str,
        handler: impl AsyncFnOnce(Session) -> Result<T>,
    ) -> Answer<T> {
        let mut parts = parts(cookie);
        parts.extensions.insert(self.sessions.clone());
        answer(&mut parts, handler).await
    }

    /// The user of a request, in the eyes of a handler.
    async fn user(&self, cookie: &str) -> Option<String> {
        let user = self.request(cookie, async |session| Ok(session.user())).await.result.unwrap();
        user.as_deref().map(str::to_owned)
    }

    /// Signs in, and gives the cookie.
    async fn login(&self, cookie: &str, user: &str) -> String {
        self.request(cookie, async |session| session.login(user).await).await.pair()
    }
}

fn parts(cookie: &str) -> Parts {
    let mut request = Request::new(Body::empty());
    if !cookie.is_empty() {
        request.headers_mut().insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
    }
    request.into_parts().0
}

/// Runs a handler inside a scope, as the router does.
async fn answer<T>(
    parts: &mut Parts,
    handler: impl AsyncFnOnce(Session) -> Result<T>,
) -> Answer<T> {
    let mut slot: Option<Arc<Scope>> = None;
    let mut handler = Box::pin(async {
        let session = Session::from_request_parts(parts, &()).await?;
        handler(session).await
    });
    let result =
        std::future::poll_fn(|cx| scope::enter(&mut slot, || handler.as_mut().poll(cx))).await;
    let mut response = axum::response::Response::new(Body::empty());
    if let Some(scope) = &slot {
        if let Some(cookies) = scope.cookies.get() {
            cookies.commit(response.headers_mut());
        }
        scope.put_on(&mut response);
    }
    Answer { result, headers: response.headers().clone() }
}

struct Answer<T> {
    result: Result<T>,
    headers: HeaderMap,
}

impl<T> Answer<T> {
    /// The `Set-Cookie` line, when there is one.
    fn line(&self) -> Option<&str> {
        let mut lines = self.headers.get_all(header::SET_COOKIE).iter();
        let line = lines.next().map(|line| line.to_str().unwrap());
        assert!(lines.next().is_none(), "one line at most");
        line
    }

    /// What the client sends from now on: the empty text when it was told to forget the cookie.
    #[track_caller]
    fn pair(&self) -> String {
        if let Err(error) = &self.result {
            panic!("the handler has failed: {error}");
        }
        let line = self.line().expect("a cookie");
        let is_removal = Cookie::parse_set_cookie(line).unwrap().value().is_empty();
        if is_removal { String::new() } else { line.split(';').next().unwrap().to_owned() }
    }
}

/// The problem of a result.
fn status<T>(result: Result<T>) -> u16 {
    result.err().map_or(200, |error: Error| error.status().as_u16())
}
