//! Signals, in a process of their own: they would reach every other test of this one.

use std::{
    io::Write as _,
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStderr},
};

use super::harness::within;
use crate::server::serve;

const IS_CHILD: &str = "BFF_TEST_SIGNALS_CHILD";

/// Not a test but the program that the tests below start: the binary of the tests with only this
/// in it.
#[test]
fn child() {
    if std::env::var_os(IS_CHILD).is_none() {
        return;
    }
    let slow = || async {
        say_that_it_is_handled();
        tokio::time::sleep(Duration::from_secs(1)).await;
        "finished"
    };
    let never = || async {
        say_that_it_is_handled();
        std::future::pending::<()>().await;
    };
    let app = Router::new().route("/slow", get(slow)).route("/never", get(never));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let outcome = runtime.block_on(async { serve(app).await });
    assert!(outcome.is_ok());
}

fn say_that_it_is_handled() {
    std::io::stderr().lock().write_all(b"handling\n").unwrap();
}

struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStderr>>,
    port: String,
}

impl Program {
    async fn start() -> Self {
        Self::start_with(&[]).await
    }

    async fn start_with(variables: &[(&str, &str)]) -> Self {
        let path = module_path!().split_once("::").unwrap().1;
        let mut child = tokio::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("{path}::child"), "--nocapture"])
            .env(IS_CHILD, "1")
            .env("HOST", "127.0.0.1")
            .env("HOSTNAME", "no.such.host.invalid")
            .env("PORT", "0")
            .env_remove("BFF_DRAIN_TIMEOUT")
            .envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let stderr = child.stderr.take().unwrap();
        let mut program =
            Self { child, lines: BufReader::new(stderr).lines(), port: String::new() };
        let line = program.line_with("http://127.0.0.1:").await;
        assert!(line.starts_with(concat!("  bff ", env!("CARGO_PKG_VERSION"), "  http://")));
        program.port = line.rsplit(':').next().unwrap().to_owned();
        program
    }

    async fn line_with(&mut self, text: &str) -> String {
        within(async {
            loop {
                let line = self.lines.next_line().await.unwrap().expect("the program has ended");
                if line.contains(text) {
                    return line;
                }
            }
        })
        .await
    }

    /// What it answers about its health.
    async fn readiness(&self) -> String {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut socket =
            tokio::net::TcpStream::connect(format!("127.0.0.1:{}", self.port)).await.unwrap();
        let request = "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        within(socket.read_to_string(&mut answer)).await.unwrap();
        answer
    }

    /// Sends a request and waits until it is being handled.
    async fn request(&mut self, path: &str) -> tokio::task::JoinHandle<String> {
        let address = format!("127.0.0.1:{}", self.port);
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
        let answer = tokio::spawn(async move {
            use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
            let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
            socket.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            let _ = socket.read_to_string(&mut answer).await;
            answer
        });
        self.line_with("handling").await;
        answer
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    async fn ended(mut self) -> ExitStatus {
        within(self.child.wait()).await.unwrap()
    }
}

#[tokio::test]
async fn dp_10_rh_424_a_signal_lets_requests_finish_and_the_program_end_well() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::start().await;
        let answer = program.request("/slow").await;
        program.signal(signal);
        let answer = within(answer).await.unwrap();
        assert!(answer.ends_with("finished"), "{answer:?}");
        assert!(answer.contains("connection: close"), "{answer:?}");
        assert!(program.ended().await.success());
    }
}

#[tokio::test]
async fn dp_10_a_second_signal_cuts_at_once() {
    let mut program = Program::start().await;
    let answer = program.request("/never").await;
    program.signal("TERM");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begun = std::time::Instant::now();
    program.signal("TERM");
    assert_eq!(within(answer).await.unwrap(), "");
    assert!(program.ended().await.success());
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn dp_13_security_38_a_signal_ends_readiness_and_a_second_one_the_grace_and_the_drain() {
    let variables = [("BFF_HEALTH", "1"), ("BFF_GRACE", "3600"), ("BFF_LOG", "info")];
    let mut program = Program::start_with(&variables).await;
    assert!(program.readiness().await.starts_with("HTTP/1.1 200 "));
    let answer = program.request("/never").await;
    program.signal("TERM");
    program.line_with("no longer ready").await;
    assert!(program.readiness().await.starts_with("HTTP/1.1 503 "));
    program.signal("TERM");
    assert_eq!(within(answer).await.unwrap(), "");
    assert!(program.ended().await.success());
}
