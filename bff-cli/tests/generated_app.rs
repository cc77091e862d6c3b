//! A generated app, compiled and run as its owner would.
//!
//! The apps share one target folder of their own, so that only the first run compiles their dependencies,
//! and the lock file of this workspace, so that no run depends on what was published meanwhile.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use std::{env, thread};

use crate::{Output, bff_ok, command, read, run, tree};

const TARGET: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/generated-app");
const BUILD_LIMIT: Duration = Duration::from_secs(900);
const START_LIMIT: Duration = Duration::from_secs(30);
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

const HELLO: &str = "\
use bff::get;

#[get]
async fn hello() -> &'static str {
    \"hello from a new route\"
}
";

const API: &str = "\
#[bff::api]
async fn hello() -> &'static str {
    \"hello from a new file\"
}
";

const STATIC_ROOT: &str = "\
use bff::get;

#[get(force_static)]
async fn index() -> &'static str {
    \"hello from a file\"
}
";

const STATIC_SLUG: &str = "\
use bff::{get, static_params};

#[get(force_static)]
async fn show(slug: String) -> String {
    format!(\"Hello, {slug}!\")
}

#[static_params]
fn slugs() -> [&'static str; 2] {
    println!(\"a line of the app's own\");
    [\"world\", \"a b\"]
}
";

#[test]
fn ex_15_the_app_builds_serves_follows_its_folders_and_is_exported() {
    let app = App::generate("generated-api", &[]);
    let server = app.build_and_start();
    server.answers("/", 200, r#"{"message":"Hello from bff!"}"#);
    server.answers("/world", 200, r#"{"greeting":"Hello, world!"}"#);
    server.answers("/v1/hello", 404, "");
    drop(server);

    // One folder deeper than `[slug]`, which would answer in place of a route that is gone.
    fs::create_dir_all(app.path("app/v1/hello")).unwrap();
    fs::write(app.path("app/v1/hello/route.rs"), HELLO).unwrap();
    fs::create_dir_all(app.path("pages/api")).unwrap();
    fs::write(app.path("pages/api/hello.rs"), API).unwrap();
    let server = app.build_and_start();
    server.answers("/v1/hello", 200, "hello from a new route");
    server.answers("/api/hello", 200, "hello from a new file");
    drop(server);

    // By now `pages` is watched for itself.
    fs::rename(app.path("pages/api/hello.rs"), app.path("pages/api/hallo.rs")).unwrap();
    let server = app.build_and_start();
    server.answers("/api/hello", 404, "");
    server.answers("/api/hallo", 200, "hello from a new file");
    drop(server);

    fs::rename(app.path("app/v1/hello"), app.path("app/v1/hallo")).unwrap();
    let server = app.build_and_start();
    server.answers("/v1/hello", 404, "");
    server.answers("/v1/hallo", 200, "hello from a new route");
    drop(server);

    fs::remove_dir_all(app.path("app/v1")).unwrap();
    let server = app.build_and_start();
    server.answers("/v1/hallo", 404, "");
    server.answers("/", 200, r#"{"message":"Hello from bff!"}"#);
    drop(server);

    fs::remove_dir_all(app.path("pages")).unwrap();
    is_exported(&app);
}

/// EX-01, EX-04, EX-15: what cannot be exported is told, and what can be is, with the command's own words on stderr and
/// the app's on stdout.
fn is_exported(app: &App) {
    let refused = app.bff(&["export"]);
    assert_eq!((refused.code, &*refused.stdout), (1, ""), "{}", refused.stderr);
    for expected in [
        "error: the app was not exported\n",
        "  app/[slug]/route.rs: `show` answers `/{slug}` at request time\n",
        "    help: write `#[get(force_static)]` on `index`\n",
        "help: `--allow-unsupported` leaves out the 2 that need a server\n",
    ] {
        assert!(refused.stderr.contains(expected), "{}", refused.stderr);
    }
    assert!(!app.path("out").exists());

    fs::write(app.path("app/route.rs"), STATIC_ROOT).unwrap();
    fs::write(app.path("app/[slug]/route.rs"), STATIC_SLUG).unwrap();
    let exported = app.bff(&["export", "--out", "dist"]);
    assert_eq!(exported.code, 0, "{}", exported.stderr);
    assert_eq!(exported.stdout, "a line of the app's own\n");
    for expected in [
        "   Exporting 3 files\n",
        "    Exported dist\n",
        "       files 3, 0 of them from public/\n",
    ] {
        assert!(exported.stderr.contains(expected), "{}", exported.stderr);
    }
    let files = ["_bff/manifest.json", "_headers", "a b", "index.html", "world"];
    assert_eq!(tree(&app.path("dist")), files);
    assert_eq!(read(app.path("dist/index.html")), "hello from a file");
    assert_eq!(read(app.path("dist/a b")), "Hello, a b!");

    fs::write(app.path("dist/mine.txt"), "mine").unwrap();
    let refused = app.bff(&["export", "--out", "dist", "--quiet"]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(
        refused.stderr.contains("holds what no export has written: `mine.txt`"),
        "{}",
        refused.stderr
    );
    assert_eq!(read(app.path("dist/mine.txt")), "mine");
}

#[test]
fn the_tests_of_the_app_pass() {
    let app = App::generate("generated-tests", &[]);
    let output = app.cargo(&["test"]);
    assert!(output.contains("test result: ok. 3 passed"), "{output}");
}

#[test]
fn with_src_dir_the_app_serves_as_well() {
    let app = App::generate("generated-src-dir", &["--src-dir"]);
    let server = app.build_and_start();
    server.answers("/", 200, r#"{"message":"Hello from bff!"}"#);
    server.answers("/world", 200, r#"{"greeting":"Hello, world!"}"#);
}

/// A generated app on disk.
struct App {
    folder: PathBuf,
    name: &'static str,
}

impl App {
    /// Generates it anew, always in the same place, so that cargo knows it again.
    fn generate(name: &'static str, flags: &[&str]) -> Self {
        let parent = Path::new(TARGET).join("apps");
        let folder = parent.join(name);
        fs::create_dir_all(&parent).unwrap();
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        bff_ok(&parent, &[&["new", name, "--no-git"], flags].concat());
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if lock.exists() {
            fs::copy(lock, folder.join("Cargo.lock")).unwrap();
        }
        Self { folder, name }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A plain build without a warning, and the server that comes out of it.
    #[track_caller]
    fn build_and_start(&self) -> Server {
        let output = self.cargo(&["build"]);
        assert!(!output.contains("warning"), "{output}");
        Server::start(&Path::new(TARGET).join("debug").join(self.name), &self.folder)
    }

    /// Runs `bff` in the folder of the app, with cargo as the tests have it.
    fn bff(&self, args: &[&str]) -> Output {
        run(command(&self.folder, args)
            .env("CARGO_TARGET_DIR", TARGET)
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CARGO_BUILD_TARGET"))
    }

    /// Runs cargo to its end, which must be a good one, and returns all that it printed.
    #[track_caller]
    fn cargo(&self, args: &[&str]) -> String {
        // A file, because a pipe that nobody reads would stop cargo once it is full.
        let path = Path::new(TARGET).join(format!("{}.log", self.name));
        let log = File::create(&path).unwrap();
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut child = Command::new(cargo)
            .args(args)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", TARGET)
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CARGO_BUILD_TARGET")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let deadline = Instant::now() + BUILD_LIMIT;
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() < deadline => thread::sleep(Duration::from_millis(50)),
                None => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    panic!("cargo {args:?} took too long:\n{}", read(&path));
                }
            }
        };
        let output = read(&path);
        assert!(status.success(), "cargo {args:?}: {status}\n{output}");
        output
    }
}

/// A running app, which ends with this value.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts it on any free port, which it names in its start-up line.
    #[track_caller]
    fn start(binary: &Path, folder: &Path) -> Self {
        let mut child = Command::new(binary)
            .current_dir(folder)
            .envs([("HOST", "127.0.0.1"), ("PORT", "0")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = lines_of(child.stderr.take().unwrap());
        // Owned from here on, so that it ends even if there is no such line.
        let mut server = Self { child, port: 0 };
        let deadline = Instant::now() + START_LIMIT;
        let mut seen = Vec::new();
        while server.port == 0 {
            match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    server.port = port_in(&line).unwrap_or(0);
                    seen.push(line);
                }
                Err(error) => panic!("no start-up line ({error}); stderr:\n{}", seen.join("\n")),
            }
        }
        server
    }

    /// Asserts the answer to a GET: its status, and its body unless `body` is empty.
    #[track_caller]
    fn answers(&self, path: &str, status: u16, body: &str) {
        let answer = self.get(path);
        let status_line = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&status_line), "{path}: {answer}");
        if !body.is_empty() {
            let (_, found) = answer.split_once("\r\n\r\n").unwrap();
            assert_eq!(found, body, "{path}");
        }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(ANSWER_LIMIT)).unwrap();
        stream.set_write_timeout(Some(ANSWER_LIMIT)).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is for the assertions to notice.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, in a thread of its own, whether anybody listens or not: a server must not stop
/// because its log is full.
fn lines_of(stderr: ChildStderr) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

/// The port of `http://127.0.0.1:<port>`, if the line has it.
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}
