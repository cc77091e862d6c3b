//! Redis servers for tests, of their own and on a port of their own, and what can happen to them.
//!
//! A test that needs one begins with `let Some(server) = Server::start() else { return };`. Where no `redis-server` is
//! installed it is left out, and one line says so; with `BFF_REQUIRE_REDIS=1` that is a failure.

use std::{
    io::Write as _,
    net::{Ipv4Addr, SocketAddr, TcpListener as StdTcpListener, TcpStream as StdTcpStream},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Once,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinHandle,
};

use super::Redis;

/// The files with such tests, to count them.
const TESTS: &[&str] = &[
    include_str!("tests.rs"),
    include_str!("../rate_limit/tests/redis.rs"),
    include_str!("../session/tests/redis.rs"),
    include_str!("../webhook/redis.rs"),
    include_str!("../cache/cached/tests.rs"),
    include_str!("../cache/redis/chaos.rs"),
    include_str!("../cache/redis/tests.rs"),
];

/// A `redis-server` that ends with the test.
pub(crate) struct Server {
    child: Child,
    port: u16,
    password: Option<&'static str>,
    /// Behind TLS.
    tls: bool,
    /// Where it would write.
    folder: TempDir,
}

impl Server {
    /// `None` when this machine has no `redis-server`, and tests may be left out.
    ///
    /// # Panics
    /// When they may not.
    pub(crate) fn start() -> Option<Self> {
        Self::with_password(None)
    }

    pub(crate) fn with_password(password: Option<&'static str>) -> Option<Self> {
        Self::launched(password, tempfile::tempdir().unwrap(), false)
    }

    /// One that speaks TLS alone, with this certificate and key (DER).
    #[cfg(feature = "tls")]
    pub(crate) fn with_tls((certificate, key): crate::tls::fixtures::Pair) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        for (name, label, der) in
            [("cert.pem", "CERTIFICATE", certificate), ("key.pem", "PRIVATE KEY", key)]
        {
            use base64::{Engine as _, prelude::BASE64_STANDARD};
            let text = BASE64_STANDARD.encode(der);
            let pem = format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n");
            std::fs::write(folder.path().join(name), pem).unwrap();
        }
        Self::launched(None, folder, true)
    }

    fn launched(password: Option<&'static str>, folder: TempDir, tls: bool) -> Option<Self> {
        if Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_err() {
            left_out();
            return None;
        }
        // Another process may take a port between two moments.
        let started = (0..5).find_map(|_| {
            let port = StdTcpListener::bind((Ipv4Addr::LOCALHOST, 0))
                .unwrap()
                .local_addr()
                .unwrap()
                .port();
            Some((launch(port, password, tls, &folder)?, port))
        });
        if tls && started.is_none() {
            // It was built without.
            left_out();
            return None;
        }
        let (child, port) = started.expect("redis-server does not start");
        Some(Self { child, port, password, tls, folder })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    pub(crate) fn redis(&self) -> Redis {
        let password = self.password.map_or_else(String::new, |password| format!(":{password}@"));
        if self.tls {
            return Redis::connect(&format!("rediss://{password}localhost:{}", self.port)).unwrap();
        }
        Redis::connect(&format!("redis://{password}{}", self.address())).unwrap()
    }

    /// As the kernel ends it when memory is short.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again after [`kill`](Self::kill), where it was, with nothing in it.
    pub(crate) fn restart(&mut self) {
        self.child =
            launch(self.port, self.password, self.tls, &self.folder).expect("the port is taken");
    }

    /// It takes connections and answers nothing.
    pub(crate) fn hang(&self) {
        self.signal("-STOP");
    }

    pub(crate) fn wake(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a server that keeps nothing; `None` when it ends at once.
fn launch(port: u16, password: Option<&str>, tls: bool, folder: &TempDir) -> Option<Child> {
    let ports: &[&str] = if tls {
        &[
            "--port",
            "0",
            "--tls-auth-clients",
            "no",
            "--tls-cert-file",
            "cert.pem",
            "--tls-key-file",
            "key.pem",
            "--tls-port",
        ]
    } else {
        &["--port"]
    };
    let mut child = Command::new("redis-server")
        .args(ports)
        .args([&*port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .args(password.map_or(Vec::new(), |password| vec!["--requirepass", password]))
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let started = Instant::now();
    while StdTcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if child.try_wait().ok()?.is_some() || started.elapsed() > Duration::from_secs(20) {
            let _ = child.kill();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.try_wait().ok()?.is_none().then_some(child)
}

/// Says once that tests are left out.
fn left_out() {
    static ONCE: Once = Once::new();
    assert!(
        std::env::var_os("BFF_REQUIRE_REDIS").is_none_or(|value| value != "1"),
        "`BFF_REQUIRE_REDIS` is set and there is no `redis-server`"
    );
    ONCE.call_once(|| {
        let count: usize = TESTS.iter().map(|text| text.matches(") = Server::").count()).sum();
        let _ = writeln!(
            // The macros write to where nobody looks when a test passes.
            std::io::stderr(),
            "{count} tests with Redis are left out; they run where `redis-server` is installed"
        );
    });
}

/// What stands between an app and its Redis, and can be slow.
pub(crate) struct Slow {
    address: SocketAddr,
    delay: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Slow {
    pub(crate) async fn before(server: &Server) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let delay = Arc::new(AtomicU64::new(0));
        let (target, by) = (server.address(), Arc::clone(&delay));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let by = Arc::clone(&by);
                tokio::spawn(async move {
                    let Ok(server) = TcpStream::connect(target).await else { return };
                    let _ = (client.set_nodelay(true), server.set_nodelay(true));
                    let ((from_client, to_client), (from_server, to_server)) =
                        (client.into_split(), server.into_split());
                    tokio::spawn(copy(from_client, to_server, Arc::default()));
                    copy(from_server, to_client, by).await;
                });
            }
        });
        Self { address, delay, task }
    }

    pub(crate) fn redis(&self) -> Redis {
        Redis::connect(&format!("redis://{}", self.address)).unwrap()
    }

    /// From now on every reply is so late.
    pub(crate) fn by(&self, delay: Duration) {
        self.delay.store(u64::try_from(delay.as_millis()).unwrap(), Ordering::Relaxed);
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Arc<AtomicU64>) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        tokio::time::sleep(Duration::from_millis(delay.load(Ordering::Relaxed))).await;
        if to.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
}

/// How long something took until it was so.
///
/// # Panics
/// When it is not within ten seconds.
pub(crate) async fn until<F: Future<Output = bool>>(mut is: impl FnMut() -> F) -> Duration {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never is");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    begun.elapsed()
}
