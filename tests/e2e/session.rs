//! Sessions over a socket: rows RH-404 and RH-406, and row 54 of the security bars.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use bff::{
    cookies::{Cookie, KeyRing},
    session::{MemoryStore, Sessions},
};

use crate::{
    apps::around::{self, Around},
    support::{Answer, Server, call},
};

/// A server, and a browser that keeps the one cookie.
struct Browser<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(server: &'a Server) -> Self {
        Self { server, cookie: String::new() }
    }

    async fn send(&mut self, line: &str, body: &str) -> Answer {
        let answer = send(self.server, line, body, &self.cookie).await;
        if let Some(line) = answer.header("set-cookie") {
            let cookie = Cookie::parse_set_cookie(line).expect("a cookie");
            let pair = line.split(';').next().unwrap_or_default();
            self.cookie = if cookie.value().is_empty() { String::new() } else { pair.to_owned() };
        }
        answer
    }

    /// Signs in with a new cookie.
    async fn login(&mut self, user: &str) {
        let before = self.cookie.clone();
        self.send("POST /session", user).await.is(200, &format!("hello {user}"));
        assert_ne!(self.cookie, before, "another id");
    }

    async fn is(&mut self, user: &str) {
        self.send("GET /session", "").await.is(200, user);
    }
}

async fn send(server: &Server, line: &str, body: &str, cookie: &str) -> Answer {
    let call = call(line).body(body);
    server.send(if cookie.is_empty() { call } else { call.header("cookie", cookie) }).await
}

/// What a request with this cookie is answered by a handler that says who is signed in.
async fn user_of(server: &Server, cookie: &str) -> String {
    let answer = send(server, "GET /session", "", cookie).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.text().to_owned()
}

/// One server for each way of keeping sessions, the one that is there without a word among them; and the time, in
/// milliseconds, of those that were given one.
async fn servers() -> ([Server; 3], Arc<AtomicU64>) {
    let now = Arc::new(AtomicU64::new(1_800_000_000_000));
    let app = || around::app::router(Around::default());
    let clocked = |sessions: Sessions| {
        let now = Arc::clone(&now);
        sessions.clock(move || UNIX_EPOCH + Duration::from_millis(now.load(Ordering::Relaxed)))
    };
    let keys = KeyRing::new([7; 32]).expect("32 bytes");
    let servers = [
        Server::start(app()).await,
        Server::start(app().layer(clocked(Sessions::cookie(keys)))).await,
        Server::start(app().layer(clocked(Sessions::stored(MemoryStore::default())))).await,
    ];
    (servers, now)
}

#[tokio::test]
async fn rh_406_security_54_a_session_from_login_to_logout() {
    let (servers, _) = servers().await;
    for server in &servers {
        let mut browser = Browser::new(server);
        browser.is("nobody").await;
        assert_eq!(browser.cookie, "", "whoever writes nothing is given nothing");
        browser.send("PUT /session", "a cart").await.is(200, "");
        let visitor = browser.cookie.clone();
        browser.login("ada").await;
        browser.send("PUT /session", "another").await.is(200, "a cart");
        let answer = browser.send("POST /session/rotate", "x").await;
        answer.is(200, "rotate");
        browser.is("ada").await;
        let member = browser.cookie.clone();
        browser.send("DELETE /session", "").await.is(200, "good bye");
        assert_eq!(browser.cookie, "");
        browser.is("nobody").await;
        // Fixed before the login, or kept after the logout: worth nothing.
        for replayed in [visitor, member] {
            assert_eq!(user_of(server, &replayed).await, "nobody");
        }
    }
}

#[tokio::test]
async fn security_54_a_logout_everywhere_reaches_every_device() {
    // A user of this test alone: the sessions of an app that says nothing are those of the whole process.
    let (servers, _) = servers().await;
    for server in &servers {
        for line in ["POST /session/everywhere", "POST /session/admin"] {
            let mut devices = [Browser::new(server), Browser::new(server)];
            for device in &mut devices {
                device.login("eve").await;
            }
            let mut other = Browser::new(server);
            other.login("bob").await;
            let asks = if line.ends_with("admin") { &mut other } else { &mut devices[0] };
            assert_eq!(asks.send(line, "eve").await.status, 200);
            for device in &mut devices {
                device.is("nobody").await;
            }
            other.is("bob").await;
        }
    }
}

#[tokio::test]
async fn security_54_a_session_ends_when_it_is_idle_and_when_it_is_old() {
    let (servers, now) = servers().await;
    for server in &servers[1..] {
        let mut browser = Browser::new(server);
        browser.login("ada").await;
        now.fetch_add(30 * 60_000, Ordering::Relaxed);
        browser.is("nobody").await;

        browser.login("ada").await;
        for _ in 0..47 {
            now.fetch_add(15 * 60_000, Ordering::Relaxed);
            browser.is("ada").await;
        }
        now.fetch_add(15 * 60_000, Ordering::Relaxed);
        browser.is("nobody").await;
    }
}

#[tokio::test]
async fn rh_404_the_refusal_has_a_challenge_and_no_redirect() {
    let (servers, _) = servers().await;
    for server in &servers {
        let mut browser = Browser::new(server);
        for path in ["GET /session/required", "GET /session/guarded"] {
            let answer = browser.send(path, "").await;
            answer.problem(401);
            assert_eq!(answer.header("www-authenticate"), Some("Cookie realm=\"session\""));
            assert_eq!(answer.header("location"), None);
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        browser.login("ada").await;
        browser.send("GET /session/required", "").await.is(200, "ada");
        browser.send("GET /session/guarded", "").await.is(200, "members only");
    }
}

#[tokio::test]
async fn security_5_17_nobody_stores_what_depends_on_a_session() {
    let (servers, _) = servers().await;
    for server in &servers {
        let mut browser = Browser::new(server);
        for line in ["GET /session", "HEAD /session", "POST /session", "DELETE /session"] {
            let answer =
                browser.send(line, if line.starts_with("POST") { "ada" } else { "" }).await;
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{line}");
        }
        let answer = browser.send("GET /session/public", "").await;
        assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    }
}

#[tokio::test]
async fn rh_077_a_handler_that_fails_sends_no_cookie_and_one_that_refuses_does() {
    let (servers, _) = servers().await;
    for server in &servers {
        let mut browser = Browser::new(server);
        let answer = browser.send("POST /session/failed", "ada").await;
        answer.opaque();
        assert_eq!(answer.header("set-cookie"), None);
        browser.is("nobody").await;
        browser.send("POST /session/refused", "ada").await.problem(404);
        browser.is("ada").await;
        let answer = browser.send("POST /session/late", "x").await;
        answer.is(200, "late");
        assert_eq!(answer.header("set-cookie"), None);
        browser.is("ada").await;
    }
}

#[tokio::test]
async fn security_5_21_the_line_is_what_a_browser_keeps() {
    let (servers, _) = servers().await;
    for server in &servers {
        let answer = send(server, "POST /session", "ada", "").await;
        let line = answer.header("set-cookie").expect("a cookie");
        let cookie = Cookie::parse_set_cookie(line).expect("a cookie");
        // Tests run as development does; production adds the prefix and `Secure`.
        assert_eq!((cookie.name(), cookie.path(), cookie.domain()), ("session", Some("/"), None));
        assert!(cookie.is_http_only());
        assert_eq!(cookie.max_age(), Some(1_800));
        assert!(line.ends_with("; HttpOnly; SameSite=lax"), "{line}");
    }
}

#[tokio::test]
async fn security_5_21_what_does_not_fit_is_an_error_and_the_session_stays() {
    let (servers, _) = servers().await;
    for (server, fits) in servers.iter().zip([false, false, true]) {
        let mut browser = Browser::new(server);
        browser.login("ada").await;
        let answer = browser.send("PUT /session", &"secret ".repeat(600)).await;
        if fits {
            answer.is(200, "");
        } else {
            answer.opaque();
            assert_eq!(answer.header("set-cookie"), None);
        }
        browser.is("ada").await;
    }
}

#[tokio::test]
async fn attack_20_cookies_that_nobody_was_given_count_as_none() {
    let (servers, _) = servers().await;
    for server in &servers {
        let mut browser = Browser::new(server);
        browser.login("ada").await;
        let cookie = browser.cookie.clone();
        let mut other = Browser::new(server);
        other.login("bob").await;
        let (name, value) = cookie.split_once('=').expect("a pair");
        for forged in [
            format!("{name}="),
            format!("{name}={}", &value[1..]),
            format!("{name}={}", &value[..value.len() - 1]),
            format!("{name}={value}A"),
            format!("{name}={}", value.to_ascii_uppercase()),
            format!("other={value}"),
            format!("__Host-{name}={value}"),
            format!("{name} ={value}"),
            format!("{name}={}", "A".repeat(16 * 1024)),
            // Two that differ: one was slipped to the client, and nobody can tell which.
            format!("{cookie}; {}", other.cookie),
            format!("{}; {cookie}", other.cookie),
        ] {
            assert_eq!(user_of(server, &forged).await, "nobody", "{forged}");
        }
        // 64 KiB of cookies are more than a head may have.
        let huge = format!("{name}={}", "A".repeat(64 * 1024));
        assert_eq!(send(server, "GET /session", "", &huge).await.status, 431);
        browser.is("ada").await;
    }
}

#[tokio::test]
async fn security_5_14_a_handler_for_users_is_reached_by_users_and_each_has_a_quota() {
    let (servers, _) = servers().await;
    for server in &servers {
        let (mut ada, mut bob) = (Browser::new(server), Browser::new(server));
        let refused = ada.send("GET /members", "").await;
        assert!(refused.header("www-authenticate").is_some(), "{refused:?}");
        refused.problem(401);
        ada.login("ada").await;
        bob.login("bob").await;
        ada.send("GET /members", "").await.is(200, "welcome ada");
        ada.send("HEAD /members", "").await.is(200, "");
        ada.send("GET /members", "").await.problem(429);
        // Another device of the same user has no other quota, another user at the same address has.
        let mut device = Browser::new(server);
        device.login("ada").await;
        device.send("GET /members", "").await.problem(429);
        bob.send("GET /members", "").await.is(200, "welcome bob");
    }
}

#[tokio::test]
async fn attack_27_a_limit_by_session_goes_by_address_where_there_is_none() {
    let (servers, _) = servers().await;
    for server in &servers {
        let mut ada = Browser::new(server);
        ada.login("ada").await;
        for (cookie, statuses) in [
            ("", [200, 200, 429]),
            // Made up cookies are no sessions.
            ("__Host-session=x; session=x", [429, 429, 429]),
            (&*ada.cookie, [200, 200, 429]),
        ] {
            for status in statuses {
                let answer = send(server, "POST /members", "", cookie).await;
                assert_eq!(answer.status, status, "{cookie}");
            }
        }
    }
}
