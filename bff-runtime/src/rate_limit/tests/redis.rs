use std::time::{Duration, Instant};

use super::support::{any, fixed, request, response, told};
use crate::{
    rate_limit::{Key, Limiter, Limiters, RateLimit, Verdict},
    redis::{
        Redis,
        stand::{Server, Slow, until},
    },
};

/// What one instance of an app has.
fn limiter(redis: Redis, limits: &[RateLimit]) -> Limiter {
    let limits: Vec<_> = limits.iter().copied().map(fixed).collect();
    Limiters::on_redis(redis).limiter(&limits).unwrap()
}

async fn verdict(limiter: &Limiter) -> Verdict {
    let mut request = any();
    assert!(limiter.check(&mut request).is_none());
    limiter.wait(&mut request).await
}

async fn passes(limiter: &Limiter) -> bool {
    matches!(verdict(limiter).await, Verdict::Allowed(_))
}

/// How many of so many pass, many at a time.
async fn allowed(limiter: &Limiter, number: usize) -> usize {
    futures_util::future::join_all((0..number).map(|_| passes(limiter)))
        .await
        .into_iter()
        .filter(|passes| *passes)
        .count()
}

/// The time by which the script counts, in microseconds.
async fn time_of(redis: &Redis) -> f64 {
    let time = redis.command(&["TIME"]).await.unwrap().list().unwrap();
    let [seconds, micros] = [0, 1].map(|index: usize| {
        let text = String::from_utf8(time[index].clone().bytes().unwrap().unwrap()).unwrap();
        text.parse::<f64>().unwrap()
    });
    seconds * 1_000_000.0 + micros
}

#[tokio::test]
async fn attack_27_two_replicas_share_exactly_one_quota() {
    let Some(server) = Server::start() else { return };
    // Nothing comes back while the test runs.
    let limit = RateLimit::new("a", 100, 86_400);
    let replicas = [limiter(server.redis(), &[limit]), limiter(server.redis(), &[limit])];
    // Not so many at once that a slow machine misses the deadline, which is another test.
    let mut shares = [0, 0];
    for _ in 0..20 {
        let (one, other) = tokio::join!(allowed(&replicas[0], 5), allowed(&replicas[1], 5));
        shares = [shares[0] + one, shares[1] + other];
    }
    assert_eq!(shares.iter().sum::<usize>(), 100, "{shares:?}");
    assert!(shares.iter().all(|share| *share > 0), "{shares:?}");
    // A third that comes later knows what the others have taken.
    assert_eq!(allowed(&limiter(server.redis(), &[limit]), 5).await, 0);
}

#[tokio::test]
async fn security_48_two_replicas_allow_as_often_as_it_says() {
    let Some(server) = Server::start() else { return };
    // Wide enough that nothing is lost while this test is not given the processor.
    let limit = RateLimit::new("a", 200, 1).burst(100);
    let replicas = [limiter(server.redis(), &[limit]), limiter(server.redis(), &[limit])];
    let redis = server.redis();
    while passes(&replicas[0]).await {}
    let (mut count, start) = (0, time_of(&redis).await);
    // By the clock of Redis, so it does not matter how fast this machine is.
    while time_of(&redis).await - start < 3_000_000.0 {
        let (one, other) = tokio::join!(allowed(&replicas[0], 4), allowed(&replicas[1], 4));
        count += one + other;
    }
    let expected = (time_of(&redis).await - start) / 1_000_000.0 * 200.0;
    assert!(
        (f64::from(u32::try_from(count).unwrap()) - expected).abs() <= expected * 0.01 + 1.0,
        "{count} of {expected}"
    );
}

#[tokio::test]
async fn responses_say_what_they_say_in_memory() {
    let Some(server) = Server::start() else { return };
    let a = RateLimit::new("a", 10, 60);
    let limits = [a, RateLimit::new("b", 3, 3600).cost(2), RateLimit::new("c", 1, 60).dry_run()];
    let limiter = limiter(server.redis(), &limits);
    let policy = "\"default\";q=10;w=60, \"default-2\";q=3;w=3600";
    for expected in [
        [policy, "\"default\";r=9;t=54, \"default-2\";r=1;t=1200", ""],
        [policy, "\"default-2\";r=1;t=1200", "1200"],
        [policy, "\"default-2\";r=1;t=1200", "1200"],
    ] {
        let response = response(verdict(&limiter).await);
        assert_eq!(told(response.headers()), expected);
    }
    // What one limit has refused is not counted by the others.
    let alone = Limiters::on_redis(server.redis()).limiter(&[fixed(a)]).unwrap();
    let response = response(verdict(&alone).await);
    assert_eq!(told(response.headers())[1], "\"default\";r=8;t=48");
}

#[tokio::test]
async fn what_is_counted_has_no_names_and_ends() {
    let Some(server) = Server::start() else { return };
    let limit = RateLimit::new("a", 10, 60).by(&[Key::Header("x-api-key"), Key::Ip]);
    let limiter = limiter(server.redis(), &[limit]);
    let mut request = request("192.0.2.1", &[("x-api-key", "secret")]);
    assert!(matches!(limiter.wait(&mut request).await, Verdict::Allowed(_)));
    let redis = server.redis();
    let keys = redis.command(&["KEYS", "*"]).await.unwrap().list().unwrap();
    let key = String::from_utf8(keys[0].clone().bytes().unwrap().unwrap()).unwrap();
    assert!(key.starts_with("bff:rate:") && key.len() == 31 && keys.len() == 1, "{keys:?}");
    // One of ten in a minute is back after six seconds.
    let ttl = redis.command(&["PTTL", &key]).await.unwrap().integer().unwrap();
    assert!((1..=6_001).contains(&ttl), "{ttl}");
}

#[tokio::test]
async fn a_clock_that_is_set_back_and_a_bucket_that_is_broken_lock_nobody_out() {
    let Some(server) = Server::start() else { return };
    let limiter = limiter(server.redis(), &[RateLimit::new("a", 4, 8)]);
    let redis = server.redis();
    assert!(passes(&limiter).await);
    let keys = redis.command(&["KEYS", "*"]).await.unwrap().list().unwrap();
    let key = keys[0].clone().bytes().unwrap().unwrap();
    let minute = Duration::from_secs(60);
    // As if it had been an hour later.
    let later = format!("{:.0}:0", time_of(&redis).await + 3_600_000_000.0);
    redis.set_ex(&key, later, minute).await.unwrap();
    let waited = until(|| passes(&limiter)).await;
    assert!(waited < Duration::from_secs(4), "{waited:?}");
    redis.set_ex(&key, "?", minute).await.unwrap();
    assert!(passes(&limiter).await);
}

#[tokio::test]
async fn scripts_that_redis_forgets_are_sent_again() {
    let Some(server) = Server::start() else { return };
    let limiter = limiter(server.redis(), &[RateLimit::new("a", 3, 86_400)]);
    for expected in [true, true, true, false] {
        assert_eq!(passes(&limiter).await, expected);
        server.redis().command(&["SCRIPT", "FLUSH"]).await.unwrap();
    }
}

/// How many of so many pass, one after another, and how long the slowest but one in a hundred took.
async fn in_turn(limiter: &Limiter, number: usize) -> (usize, Duration) {
    let (mut times, mut count) = (Vec::new(), 0);
    for _ in 0..number {
        let begun = Instant::now();
        count += usize::from(passes(limiter).await);
        times.push(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    times.sort_unstable();
    (count, times[number * 99 / 100 - 1])
}

/// What one that is open and one that is closed do while Redis is away, and when they count again.
async fn away(open: &Limiter, closed: &Limiter, redis_comes_back: impl AsyncFnOnce()) {
    let (passed, p99) = in_turn(open, 200).await;
    assert!(passed == 200 && p99 <= Duration::from_millis(50), "{passed}, {p99:?}");
    let (passed, p99) = in_turn(closed, 200).await;
    assert!(passed == 0 && p99 <= Duration::from_millis(50), "{passed}, {p99:?}");
    let refused = response(verdict(closed).await);
    assert_eq!((refused.status().as_u16(), told(refused.headers())), (503, ["", "", "2"]));
    let uncounted = response(verdict(open).await);
    assert_eq!((uncounted.status().as_u16(), told(uncounted.headers())), (200, ["", "", ""]));
    redis_comes_back().await;
    for limiter in [open, closed] {
        let counted = || async { !told(response(verdict(limiter).await).headers())[1].is_empty() };
        let after = until(counted).await;
        assert!(after <= Duration::from_secs(2), "{after:?}");
    }
}

/// Limits that are not reached.
fn open_and_closed(redis: impl Fn() -> Redis) -> [Limiter; 2] {
    let limit = RateLimit::new("a", 1_000_000, 1);
    // A closed one that does not refuse has no say.
    let open = [limit, limit.closed().dry_run()];
    [limiter(redis(), &open), limiter(redis(), &[limit, RateLimit::new("b", 9, 1).closed()])]
}

#[tokio::test]
async fn security_51_limits_do_as_they_say_while_redis_is_killed() {
    let Some(mut server) = Server::start() else { return };
    let [open, closed] = open_and_closed(|| server.redis());
    assert!(passes(&open).await && passes(&closed).await);
    server.kill();
    away(&open, &closed, async || server.restart()).await;
}

#[tokio::test]
async fn security_51_limits_do_as_they_say_while_redis_hangs() {
    let Some(server) = Server::start() else { return };
    let [open, closed] = open_and_closed(|| server.redis());
    assert!(passes(&open).await && passes(&closed).await);
    server.hang();
    away(&open, &closed, async || server.wake()).await;
}

#[tokio::test]
async fn security_51_limits_do_as_they_say_while_redis_is_slow() {
    let Some(server) = Server::start() else { return };
    let slow = Slow::before(&server).await;
    let [open, closed] = open_and_closed(|| slow.redis());
    assert!(passes(&open).await && passes(&closed).await);
    slow.by(Duration::from_secs(5));
    away(&open, &closed, async || slow.by(Duration::ZERO)).await;
}
