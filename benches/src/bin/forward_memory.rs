//! `forward_memory [transfers] [mebibytes]`: the peak memory of a process that forwards this many bodies of this
//! size at once, first as responses and then as requests. Fails above 100 MiB.
//!
//! The process that forwards is a child of its own; the upstream and the clients are in this one. The kernel keeps
//! the peak: `VmHWM` in `/proc/<pid>/status`.

use std::{
    env, fs,
    io::{self, BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, ExitCode, Stdio},
    time::Instant,
};

use bff::{
    Request,
    axum::Router,
    upstream::{Upstream, forward},
};
use tokio::{
    io::{
        AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader as AsyncBufReader,
    },
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

const MIB: usize = 1024 * 1024;
const MOST_KIB: usize = 100 * 1024;
const CHUNK: usize = 64 * 1024;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let outcome = match &*args {
        [mode, url] if mode == "proxy" => proxy(url).await,
        [] => measure(100, 100).await,
        [transfers, mebibytes] => match (transfers.parse(), mebibytes.parse()) {
            (Ok(transfers), Ok(mebibytes)) => measure(transfers, mebibytes).await,
            _ => Err("usage: forward_memory [transfers mebibytes]".into()),
        },
        _ => Err("usage: forward_memory [transfers mebibytes]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The child: prints its address and forwards until it is ended.
async fn proxy(url: &str) -> Outcome {
    let upstream = Upstream::at_start(url)?;
    let app = Router::new()
        .fallback(move |request: Request| async move { forward(request, &upstream).await });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    bff::serve(app).listener(listener).await.map_err(|error| format!("{error:?}").into())
}

async fn measure(transfers: usize, mebibytes: usize) -> Outcome {
    let size = mebibytes * MIB;
    let upstream = TcpListener::bind("127.0.0.1:0").await?;
    let address = upstream.local_addr()?;
    tokio::spawn(async move {
        while let Ok((socket, _)) = upstream.accept().await {
            tokio::spawn(answer(socket, size));
        }
    });
    let mut failed = false;
    for method in ["GET", "POST"] {
        let mut proxy = Proxy::start(address)?;
        let started = Instant::now();
        let mut clients = JoinSet::new();
        for _ in 0..transfers {
            clients.spawn(transfer(proxy.address, method, size));
        }
        while let Some(client) = clients.join_next().await {
            client??;
        }
        let peak = proxy.peak_kib()?;
        println!(
            "{method}: {transfers} transfers of {mebibytes} MiB at once in {:.1} s, peak {:.1} MiB",
            started.elapsed().as_secs_f64(),
            peak as f64 / 1024.0
        );
        failed |= peak > MOST_KIB;
        proxy.child.kill()?;
        proxy.child.wait()?;
    }
    if failed { Err("more than 100 MiB".into()) } else { Ok(()) }
}

/// A client: receives or sends one body of this size.
async fn transfer(address: SocketAddr, method: &'static str, size: usize) -> Outcome {
    let mut socket = TcpStream::connect(address).await?;
    let length = if method == "POST" { size } else { 0 };
    let head = format!(
        "{method} / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await?;
    send(&mut socket, length).await?;
    let mut socket = AsyncBufReader::with_capacity(CHUNK, socket);
    let (line, expected) = head_of(&mut socket).await?.ok_or("no answer")?;
    if !line.starts_with("HTTP/1.1 200") {
        return Err(line.into());
    }
    receive(&mut socket, expected).await
}

/// The upstream: takes a body, and sends one where it was asked for.
async fn answer(socket: TcpStream, size: usize) -> Outcome {
    let mut socket = AsyncBufReader::with_capacity(CHUNK, socket);
    while let Some((line, length)) = head_of(&mut socket).await? {
        receive(&mut socket, length).await?;
        let length = if line.starts_with("GET") { size } else { 0 };
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        socket.get_mut().write_all(head.as_bytes()).await?;
        send(socket.get_mut(), length).await?;
    }
    Ok(())
}

/// The first line of a message, and the length of its body.
async fn head_of(socket: &mut AsyncBufReader<TcpStream>) -> Outcome<Option<(String, usize)>> {
    let mut first = String::new();
    if socket.read_line(&mut first).await? == 0 {
        return Ok(None);
    }
    let mut length = 0;
    loop {
        let mut line = String::new();
        socket.read_line(&mut line).await?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            return Ok(Some((first, length)));
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
}

async fn send(socket: &mut TcpStream, size: usize) -> io::Result<()> {
    static CHUNK_OF_BODY: [u8; CHUNK] = [b'x'; CHUNK];
    let mut left = size;
    while left > 0 {
        let length = left.min(CHUNK);
        socket.write_all(&CHUNK_OF_BODY[..length]).await?;
        left -= length;
    }
    Ok(())
}

async fn receive(socket: &mut AsyncBufReader<TcpStream>, size: usize) -> Outcome {
    let received = tokio::io::copy(&mut socket.take(size as u64), &mut tokio::io::sink()).await?;
    if received == size as u64 { Ok(()) } else { Err(format!("{received} bytes came").into()) }
}

struct Proxy {
    child: Child,
    address: SocketAddr,
}

impl Proxy {
    fn start(upstream: SocketAddr) -> Outcome<Self> {
        let mut child = Command::new(env::current_exe()?)
            .args(["proxy", &format!("http://{upstream}")])
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the child has no output")?;
        let mut address = String::new();
        BufReader::new(stdout).read_line(&mut address)?;
        Ok(Self { child, address: address.trim().parse()? })
    }

    fn peak_kib(&self) -> Outcome<usize> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_ascii_whitespace().next());
        Ok(number.ok_or("the kernel tells no peak")?.parse()?)
    }
}

/// A child that outlives a failure would go on for ever.
impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
