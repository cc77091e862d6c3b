//! `response_cache [rounds]`: how many requests a second are answered from the store, over sockets, in times of those that
//! a handler with a constant answer gets. Rounds alternate between the two, and each is compared with the one beside it,
//! so that a busy machine slows both; the middle ratio counts. Fails below 0.9.
//!
//! `response_cache answer PATH TIMES` answers so often in process, for callgrind.
//!
//! `response_cache memory [keys]` asks for so many keys, one million unless it says so, of which each has an answer of its
//! own: fails when the process has grown by more than the 50 MiB of the store and half as much again, which is what its
//! table and the allocator take.

use std::{
    env, fs, io,
    net::SocketAddr,
    process::{Child, Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use bff::{
    Request,
    axum::{Router, body::Body},
};
use bff_benches::median::median;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tower::ServiceExt as _;

bff::app!(dir = "apps/cached/app");

/// What every handler answers.
pub(crate) const ANSWER: &str = "the same hundred bytes or so that a small answer of an API has, \
                                 for whoever asks: {\"id\": 7, \"name\": \"x\"}";

const CONNECTIONS: usize = 8;
const REQUESTS: usize = 4000;
const LEAST: f64 = 0.9;
const MOST_KIB: u64 = 75 * 1024;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(|arg| &**arg).collect();
    let outcome = match args[..] {
        ["--serve"] => block_on(serve()),
        [] => block_on(compare(15)),
        ["answer", path, times] => {
            times.parse().map_err(Into::into).and_then(|times| block_on(answer(path, times)))
        }
        ["memory"] => block_on(memory(1_000_000)),
        ["memory", keys] => {
            keys.parse().map_err(Into::into).and_then(|keys| block_on(memory(keys)))
        }
        [rounds] => rounds.parse().map_err(Into::into).and_then(|rounds| block_on(compare(rounds))),
        _ => Err("usage: response_cache [rounds], response_cache memory [keys], response_cache answer PATH TIMES".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn block_on(run: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(run)
}

/// The process of the server: it says where it listens, and ends with its parent.
async fn serve() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let served = bff::serve(app::router()).listener(listener).await;
    served.map_err(|error| format!("{error:?}").into())
}

/// A child that does not outlive the measurement.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already; that is all the same.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn compare(rounds: usize) -> Outcome {
    let mut server =
        Server(Command::new(env::current_exe()?).arg("--serve").stdout(Stdio::piped()).spawn()?);
    let output = server.0.stdout.take().ok_or("no output")?;
    let mut address = String::new();
    io::BufRead::read_line(&mut io::BufReader::new(output), &mut address)?;
    let address: SocketAddr = address.trim().parse()?;
    // Connections and caches are warm for both.
    for path in ["/constant", "/kept"] {
        round(address, path).await?;
    }
    let (mut constant, mut kept, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (of_constant, of_kept) =
            (round(address, "/constant").await?, round(address, "/kept").await?);
        ratios.push(of_constant.div_duration_f64(of_kept));
        constant.push(of_constant);
        kept.push(of_kept);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(rounds / 2).copied().unwrap_or_default();
    let per_second = |times| (CONNECTIONS * REQUESTS) as f64 / median(times).as_secs_f64();
    println!(
        "constant {:.0} requests/s, kept {:.0} requests/s, ratio {ratio:.3}; median of {rounds} rounds",
        per_second(constant),
        per_second(kept),
    );
    if ratio < LEAST { Err(format!("less than {LEAST}").into()) } else { Ok(()) }
}

/// All connections at once, each asking again when it has its answer.
async fn round(address: SocketAddr, path: &'static str) -> Outcome<Duration> {
    let begun = Instant::now();
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        connections.spawn(ask(address, path));
    }
    while let Some(asked) = connections.join_next().await {
        asked??;
    }
    Ok(begun.elapsed())
}

/// Reads until the answer is there, and no more than that: what the client does is measured as well.
async fn ask(address: SocketAddr, path: &'static str) -> Outcome {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let end = format!("\r\n\r\n{ANSWER}");
    let mut answer = vec![0; 4096];
    for _ in 0..REQUESTS {
        stream.write_all(request.as_bytes()).await?;
        let mut length = 0;
        while !answer[..length].ends_with(end.as_bytes()) {
            match stream.read(&mut answer[length..]).await? {
                0 => return Err("not the expected answer".into()),
                read => length += read,
            }
        }
        if !answer.starts_with(b"HTTP/1.1 200 ") {
            return Err("not the expected status".into());
        }
    }
    Ok(())
}

/// So many answers to one path, in process: two runs of different lengths, and their difference is what one costs.
async fn answer(path: &str, times: u32) -> Outcome {
    let router = app::router().with_state(());
    for _ in 0..times {
        let request = Request::get(path).header("host", "localhost").body(Body::empty())?;
        let response = router.clone().oneshot(request).await?;
        if response.status() != 200 {
            return Err(format!("{}", response.status()).into());
        }
    }
    Ok(())
}

async fn memory(keys: u64) -> Outcome {
    let router = app::router();
    // What is set up once, and the first thousand entries.
    fill(&router, 0..1000).await?;
    let before = resident()?;
    let begun = Instant::now();
    fill(&router, 1000..keys).await?;
    let grown = resident()?.saturating_sub(before);
    println!(
        "{keys} keys in {:.1} s; {} MiB resident before, {} MiB more after",
        begun.elapsed().as_secs_f64(),
        before / 1024,
        grown / 1024,
    );
    if grown > MOST_KIB { Err(format!("more than {} MiB", MOST_KIB / 1024).into()) } else { Ok(()) }
}

async fn fill(router: &Router, keys: std::ops::Range<u64>) -> Outcome {
    for key in keys {
        let request = Request::get(format!("/items/{key}")).body(Body::empty())?;
        let response = router.clone().oneshot(request).await?;
        if response.status() != 200 {
            return Err(format!("{}", response.status()).into());
        }
    }
    Ok(())
}

/// The resident memory of this process, in KiB.
fn resident() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
