//! Sessions in a Redis of their own. Where no `redis-server` is installed these are left out.

use super::*;
use crate::redis::{Redis, stand::Server};

fn apps(redis: &Redis) -> [App; 2] {
    [
        App::with(Sessions::cookie(keys()).ended_in(redis.clone())),
        App::with(Sessions::stored(redis.clone())),
    ]
}

#[tokio::test]
async fn security_54_instances_with_one_redis_share_logins_and_logouts() {
    let Some(server) = Server::start() else { return };
    for (first, second) in apps(&server.redis()).into_iter().zip(apps(&server.redis())) {
        for everywhere in [false, true] {
            let cookie = first.login("", "7").await;
            let set = async |session: Session| session.set("a", "b").await;
            let cookie = second.request(&cookie, set).await.pair();
            let get = async |session: Session| session.get::<String>("a");
            assert_eq!(first.request(&cookie, get).await.result.unwrap().as_deref(), Some("b"));
            let end = async |session: Session| {
                if everywhere { session.logout_everywhere().await } else { session.logout().await }
            };
            second.request(&cookie, end).await.result.unwrap();
            assert_eq!(first.user(&cookie).await, None);
            assert_eq!(second.user(&cookie).await, None);
        }
    }
}

#[tokio::test]
async fn security_54_what_redis_keeps_has_an_end_and_no_id() {
    let Some(server) = Server::start() else { return };
    let redis = server.redis();
    for app in apps(&redis) {
        let cookie = app.login("", "7").await;
        let set = async |session: Session| session.set("a", "b").await;
        let cookie = app.request(&cookie, set).await.pair();
        app.request(&cookie, async |session| session.logout_everywhere().await).await.pair();
        app.login("", "7").await;
    }
    let keys = redis.command(&["KEYS", "*"]).await.unwrap().list().unwrap();
    assert!(keys.len() >= 3, "{keys:?}");
    for key in keys {
        let key = String::from_utf8(key.bytes().unwrap().unwrap()).unwrap();
        assert!(key.starts_with("bff:session:") && key.len() == "bff:session:".len() + 64, "{key}");
        let left = redis.command(&["PTTL", &key]).await.unwrap().integer().unwrap();
        assert!((1..=35 * 60_000).contains(&left), "{key}: {left}");
    }
}

#[tokio::test]
async fn security_54_a_session_that_ends_meanwhile_does_not_come_back_in_redis() {
    let Some(server) = Server::start() else { return };
    let [_, app] = apps(&server.redis());
    let cookie = app.login("", "7").await;
    let late = async |session: Session| {
        app.request(&cookie, async |session| session.logout().await).await.result.unwrap();
        Ok(status(session.set("a", &1).await))
    };
    assert_eq!(app.request(&cookie, late).await.result.unwrap(), 401);
    assert_eq!(app.user(&cookie).await, None);
}

#[tokio::test]
async fn security_51_while_redis_is_away_nobody_is_taken_for_anybody() {
    let Some(mut server) = Server::start() else { return };
    for number in 0..2 {
        let app = apps(&server.redis())[number].clone();
        let cookie = app.login("", "7").await;
        server.kill();
        assert_eq!(status(app.request(&cookie, async |_| Ok(())).await.result), 503);
        server.restart();
        crate::redis::stand::until(|| async {
            app.request(&cookie, async |_| Ok(())).await.result.is_ok()
        })
        .await;
    }
}
