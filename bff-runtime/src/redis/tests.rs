use std::time::{Duration, Instant};

use super::{
    Redis, RedisError, Reply, Script,
    stand::{Server, Slow, until},
};

const MINUTE: Duration = Duration::from_secs(60);

const BEGINNING: &str = "the URL of Redis has to begin with `redis://`, `rediss://` or `unix://`";
const WITHOUT_TLS: &str = "the URL of Redis asks for TLS, which needs the feature `tls`";

#[test]
fn a_url_says_what_it_lacks_and_never_what_it_has() {
    for (url, expected) in [
        ("redis://localhost", None),
        ("redis://user:secret@localhost:6379/2", None),
        ("unix:///run/redis.sock", None),
        ("", Some(BEGINNING)),
        ("localhost:6379", Some(BEGINNING)),
        ("rediss://:secret@localhost", (!cfg!(feature = "tls")).then_some(WITHOUT_TLS)),
        ("valkeys://:secret@localhost", (!cfg!(feature = "tls")).then_some(WITHOUT_TLS)),
        (
            "rediss://:secret@localhost#insecure",
            Some("the URL of Redis asks for a certificate that nobody checks"),
        ),
        ("redis://:secret@localhost:many", Some("the URL of Redis cannot be read")),
        ("redis://:secret@localhost/first", Some("the URL of Redis cannot be read")),
    ] {
        let found = Redis::connect(url).map_err(|error| error.to_string());
        assert_eq!(found.as_ref().err().map(String::as_str), expected, "{url}");
        assert!(!format!("{found:?}").contains("secret"));
    }
}

#[tokio::test]
async fn what_is_set_is_got_for_as_long_as_it_lives() {
    let Some(server) = Server::start() else { return };
    let redis = server.redis();
    assert_eq!(redis.get("a").await, Ok(None));
    redis.set_ex("a", [0, 255], MINUTE).await.unwrap();
    assert_eq!(redis.get("a").await, Ok(Some(vec![0, 255])));
    assert_eq!(redis.set_nx_ex("a", "b", MINUTE).await, Ok(false));
    assert_eq!(redis.set_nx_ex("b", "b", MINUTE).await, Ok(true));
    assert_eq!(redis.expire("b", Duration::ZERO).await, Ok(true));
    assert_eq!(redis.expire("none", MINUTE).await, Ok(false));
    assert_eq!((redis.del("a").await, redis.del("a").await), (Ok(true), Ok(false)));
    let list = redis.command(&["EVAL", "return {1, 'a', {}}", "0"]).await.unwrap().list().unwrap();
    assert_eq!(list, [Reply::Integer(1), Reply::Bytes(b"a".to_vec()), Reply::List([].into())]);
    redis.command(&["RPUSH", "list", "1"]).await.unwrap();
    let refused = redis.get("list").await.unwrap_err();
    assert_eq!(refused, RedisError::Refused("WRONGTYPE".to_owned()));
    // A refusal is an answer, so nothing is skipped after it.
    assert_eq!(redis.ping().await, Ok(()));
}

#[tokio::test]
async fn a_script_is_sent_again_after_a_flush() {
    let Some(server) = Server::start() else { return };
    let redis = server.redis();
    let script = Script::new("return {KEYS[1], tonumber(ARGV[1]) + 1}");
    for _ in 0..2 {
        for _ in 0..2 {
            let reply = redis.invoke(&script, &["k"], &["41"]).await.unwrap().list().unwrap();
            assert_eq!(reply, [Reply::Bytes(b"k".to_vec()), Reply::Integer(42)]);
        }
        redis.command(&["SCRIPT", "FLUSH"]).await.unwrap();
    }
}

/// Calls for a while; how long the slowest but one in a hundred took, and how many succeeded.
async fn calls(redis: &Redis, number: usize) -> (Duration, usize) {
    let mut times = Vec::new();
    let mut succeeded = 0;
    for _ in 0..number {
        let begun = Instant::now();
        succeeded += usize::from(redis.get("k").await.is_ok());
        times.push(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    times.sort_unstable();
    (times[times.len() * 99 / 100 - 1], succeeded)
}

async fn is_back(redis: &Redis) -> Duration {
    until(|| async { redis.ping().await.is_ok() }).await
}

const BAR: Duration = Duration::from_millis(50);
const SOON: Duration = Duration::from_secs(2);

#[tokio::test]
async fn security_51_a_killed_redis_costs_one_deadline_and_is_found_again() {
    let Some(mut server) = Server::start() else { return };
    let redis = server.redis();
    assert_eq!(calls(&redis, 100).await.1, 100);
    server.kill();
    let (p99, succeeded) = calls(&redis, 300).await;
    assert!(p99 <= BAR && succeeded == 0, "{p99:?}, {succeeded}");
    assert_eq!(redis.ping().await, Err(RedisError::Away));
    server.restart();
    let back = is_back(&redis).await;
    assert!(back <= SOON, "{back:?}");
}

#[tokio::test]
async fn security_51_a_hung_redis_costs_one_deadline_and_is_found_again() {
    let Some(server) = Server::start() else { return };
    let redis = server.redis();
    assert_eq!(calls(&redis, 100).await.1, 100);
    server.hang();
    assert_eq!(redis.ping().await, Err(RedisError::TimedOut));
    let (p99, succeeded) = calls(&redis, 300).await;
    assert!(p99 <= BAR && succeeded == 0, "{p99:?}, {succeeded}");
    server.wake();
    let back = is_back(&redis).await;
    assert!(back <= SOON, "{back:?}");
}

#[tokio::test]
async fn security_51_a_slow_redis_costs_one_deadline_and_is_found_again() {
    let Some(server) = Server::start() else { return };
    let slow = Slow::before(&server).await;
    let redis = slow.redis();
    assert_eq!(calls(&redis, 100).await.1, 100);
    slow.by(Duration::from_secs(5));
    let (p99, succeeded) = calls(&redis, 300).await;
    assert!(p99 <= BAR && succeeded == 0, "{p99:?}, {succeeded}");
    slow.by(Duration::ZERO);
    let back = is_back(&redis).await;
    assert!(back <= SOON, "{back:?}");
}

#[tokio::test]
async fn security_51_a_redis_that_is_not_there_from_the_start_is_not_waited_for_twice() {
    let Some(mut server) = Server::start() else { return };
    server.kill();
    let redis = server.redis();
    assert_eq!(redis.ping().await, Err(RedisError::Disconnected("it was refused".to_owned())));
    assert_eq!(redis.ping().await, Err(RedisError::Away));
    server.restart();
    assert!(is_back(&redis).await <= SOON);
}

#[tokio::test]
async fn security_51_a_password_that_changes_is_an_outage() {
    let Some(server) = Server::with_password(Some("first")) else { return };
    let redis = server.redis();
    assert_eq!(redis.ping().await, Ok(()));
    redis.command(&["CONFIG", "SET", "requirepass", "second"]).await.unwrap();
    // Redis ends the connections of a user whose password is no longer so.
    let _ = redis.command(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no"]).await;
    until(|| async { redis.ping().await == Err(RedisError::Away) }).await;
    let wrong = server.redis().ping().await.unwrap_err();
    assert!(wrong.is_outage() && !wrong.to_string().contains("first"), "{wrong}");
}

#[cfg(feature = "tls")]
#[tokio::test]
async fn tls_is_spoken_with_a_redis_whose_certificate_is_trusted_for_its_name() {
    use crate::tls::fixtures::{TRUSTED, UNKNOWN};

    let Some(mut server) = Server::with_tls(TRUSTED) else { return };
    let redis = server.redis();
    redis.set_ex("a", [0, 255], MINUTE).await.unwrap();
    assert_eq!(redis.get("a").await, Ok(Some(vec![0, 255])));
    let script = Script::new("return KEYS[1]");
    let reply = redis.invoke(&script, &["k"], &["1"]).await;
    assert_eq!(reply, Ok(Reply::Bytes(b"k".to_vec())));
    // It is lost and found as one without TLS is.
    server.kill();
    let (p99, succeeded) = calls(&redis, 100).await;
    assert!(p99 <= BAR && succeeded == 0, "{p99:?}, {succeeded}");
    server.restart();
    assert!(is_back(&redis).await <= SOON);
    assert_eq!(redis.get("a").await, Ok(None));

    // Where the first has started, so do these.
    let unknown = Server::with_tls(UNKNOWN).unwrap();
    let plain = Server::start().unwrap();
    let port = server.address().port();
    let untrusted = "its certificate is none that this system trusts for its name";
    for (url, expected) in [
        // The certificate is for `localhost`.
        (format!("rediss://:secret@127.0.0.1:{port}"), untrusted),
        (format!("rediss://:secret@localhost:{}", unknown.address().port()), untrusted),
    ] {
        let error = Redis::connect(&url).unwrap().ping().await.unwrap_err();
        assert_eq!(error, RedisError::Disconnected(expected.to_owned()), "{url}");
    }
    // The one waits for TLS and the other for a command.
    for url in [
        format!("redis://localhost:{port}"),
        format!("rediss://:secret@localhost:{}", plain.address().port()),
    ] {
        let error = Redis::connect(&url).unwrap().ping().await;
        assert!(error.as_ref().is_err_and(RedisError::is_outage), "{url}: {error:?}");
    }
}
