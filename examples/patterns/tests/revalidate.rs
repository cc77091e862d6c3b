//! The program `revalidate`, alone and as two instances behind one Redis.

use std::{
    fs,
    io::Write as _,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bff::webhook::{self, StandardWebhooks};
use bff_tests::{Answer, Process};
use tempfile::TempDir;

/// A `redis-server` of this test's own.
struct Redis {
    child: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Redis {
    /// `None` where none is installed, which is said, and with `BFF_REQUIRE_REDIS=1` not allowed.
    fn start() -> Option<Self> {
        // Another process may take a port between two moments.
        let started = (0..5).find_map(|_| {
            let folder = tempfile::tempdir().unwrap();
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            drop(listener);
            let port = address.port().to_string();
            let child = Command::new("redis-server")
                .args(["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"])
                .current_dir(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
            let Ok(child) = child else {
                assert!(
                    std::env::var_os("BFF_REQUIRE_REDIS").is_none_or(|value| value != "1"),
                    "`BFF_REQUIRE_REDIS` is set and there is no `redis-server`"
                );
                let _ = writeln!(std::io::stderr(), "a test with Redis is left out");
                return Some(None);
            };
            let mut redis = Self { child, address, _folder: folder };
            redis.is_up().then_some(Some(redis))
        });
        started.expect("redis-server does not start")
    }

    fn is_up(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            if TcpStream::connect(self.address).is_ok() {
                return self.child.try_wait().is_ok_and(|ended| ended.is_none());
            }
            thread::sleep(Duration::from_millis(5));
        }
        false
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const SECRET: &str = "whsec_Zm9yIGRldmVsb3BtZW50";

/// What the instances answer from.
struct Cms(TempDir);

impl Cms {
    fn new(text: &str) -> Self {
        let cms = Self(tempfile::tempdir().unwrap());
        cms.publish(text);
        cms
    }

    fn publish(&self, text: &str) {
        fs::write(self.0.path().join("posts.json"), text).unwrap();
    }

    fn instance(&self, redis: Option<&Redis>) -> Process {
        let posts = self.0.path().join("posts.json");
        let redis = redis.map_or_else(String::new, |redis| format!("redis://{}", redis.address));
        let variables = [
            ("POSTS", posts.to_str().unwrap()),
            ("WEBHOOK_SECRET", SECRET),
            ("BFF_REDIS_URL", &redis),
        ];
        Process::start_with(env!("CARGO_BIN_EXE_revalidate"), &variables)
    }
}

/// Tells an instance what has changed.
fn tell(instance: &Process, id: &str, body: &str, secret: &str) -> Answer {
    let signed = webhook::sign::<StandardWebhooks>(&secret.into(), id, body.as_bytes()).unwrap();
    let lines: Vec<_> =
        signed.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    instance.request("POST", "/hooks/cms", &lines, body)
}

fn text(instance: &Process) -> String {
    instance.get("/posts/a").body
}

/// Until it answers with what is kept: an instance does so when it has heard what was revalidated.
fn keeps(instance: &Process) {
    let begun = Instant::now();
    let is_hit = |line: &String| line.starts_with("cache-status: ") && line.contains("hit");
    while !instance.get("/posts/a").headers.iter().any(is_hit) {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never keeps anything");
    }
}

#[test]
fn rh_313_rh_399_a_genuine_change_revalidates_and_no_other_does() {
    let cms = Cms::new(r#"{"a": "one"}"#);
    let instance = cms.instance(None);
    let index = || instance.get("/posts").body;
    assert_eq!((text(&instance), index()), ("one".to_owned(), r#"["a"]"#.to_owned()));
    cms.publish(r#"{"a": "two", "b": "new"}"#);
    let other = BASE64_STANDARD.encode("another");
    for (id, body, secret) in [
        ("msg_1", r#"{"slug":"a"}"#, &*other),
        ("msg_2", r#"{"slug":"#, SECRET),
        ("msg_3", r#"{"path":"/posts/a"}"#, SECRET),
    ] {
        let refused = tell(&instance, id, body, secret);
        assert!((400..500).contains(&refused.status), "{body}: {refused:?}");
    }
    assert_eq!(tell(&instance, "msg_4", r#"{"slug":"b"}"#, SECRET).status, 200);
    assert_eq!(text(&instance), "one");
    let done = tell(&instance, "msg_5", r#"{"slug":"a"}"#, SECRET);
    assert!(done.body.starts_with(r#"{"revalidated":true,"now":1"#), "{done:?}");
    assert_eq!((text(&instance), index()), ("two".to_owned(), r#"["a"]"#.to_owned()));
    assert_eq!(tell(&instance, "msg_6", "{}", SECRET).status, 200);
    assert_eq!(index(), r#"["a","b"]"#);
}

#[test]
fn rh_314_all_instances_behind_a_redis_know_within_100_ms_of_what_one_was_told() {
    let Some(redis) = Redis::start() else { return };
    let cms = Cms::new(r#"{"a": "0"}"#);
    let [one, other] = [cms.instance(Some(&redis)), cms.instance(Some(&redis))];
    for number in 1..=5 {
        let (old, new) = ((number - 1).to_string(), number.to_string());
        assert_eq!([text(&one), text(&other)], [&*old, &*old]);
        keeps(&one);
        keeps(&other);
        cms.publish(&format!(r#"{{"a": "{new}"}}"#));
        let done = tell(&one, &format!("msg_{number}"), r#"{"slug":"a"}"#, SECRET);
        let at = Instant::now();
        assert_eq!(done.status, 200, "{done:?}");
        assert_eq!(text(&one), new);
        loop {
            // By when it was asked: a machine that is busy may take its time to answer.
            let after = at.elapsed();
            if text(&other) == new {
                break;
            }
            assert!(after < Duration::from_millis(100), "the old one after {after:?}");
        }
    }
}
