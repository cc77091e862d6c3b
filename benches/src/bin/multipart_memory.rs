//! `multipart_memory [MiB]`: the memory that a server takes to stream one multipart upload, 2 GiB unless told
//! otherwise, through a handler.
//!
//! The server is a process of its own, so that nothing of the client is counted. What is printed is the peak of its
//! resident memory before and after the upload (`VmHWM`); the program fails when the peak after it is above 32 MiB.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, ExitCode, Stdio},
    time::Instant,
};

use bff::{
    Result,
    axum::{Extension, Router, routing::post},
    request::{FormLimits, Multipart},
};

const MIB: u64 = 1024 * 1024;

/// What the server may take at its peak.
const BOUND: u64 = 32 * MIB;

fn main() -> ExitCode {
    let outcome = match env::args().nth(1).as_deref() {
        Some("--serve") => return serve(),
        Some(size) => size.parse().map_err(io::Error::other).and_then(measure),
        None => measure(2048),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("more than {} MiB", BOUND / MIB);
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The handler under test: it looks at every byte and keeps none.
async fn count(mut multipart: Multipart) -> Result<String> {
    let (mut parts, mut bytes) = (0, 0);
    while let Some(mut part) = multipart.next_part().await? {
        parts += 1;
        while let Some(chunk) = part.chunk().await? {
            bytes += chunk.len() as u64;
        }
    }
    Ok(format!("{parts} parts, {bytes} bytes"))
}

/// The process of the server: it says on which port it listens, and ends with its parent.
fn serve() -> ExitCode {
    let run = async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?.port());
        let limits = FormLimits::new().total(u64::MAX);
        let router = Router::new().route("/", post(count)).layer(Extension(limits));
        bff::serve(router).listener(listener).await
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(run)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
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

fn measure(mib: u64) -> io::Result<bool> {
    let mut server =
        Server(Command::new(env::current_exe()?).arg("--serve").stdout(Stdio::piped()).spawn()?);
    let output = server.0.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
    let mut port = String::new();
    BufReader::new(output).read_line(&mut port)?;
    let address = format!("127.0.0.1:{}", port.trim());
    // The first request pays for what is set up once.
    upload(&address, 1)?;
    let before = peak(server.0.id())?;
    let begun = Instant::now();
    upload(&address, mib)?;
    let seconds = begun.elapsed().as_secs_f64();
    let after = peak(server.0.id())?;
    println!(
        "{mib} MiB in {seconds:.1} s ({:.0} MiB/s); peak {:.1} MiB before, {:.1} MiB after",
        mib as f64 / seconds,
        before as f64 / MIB as f64,
        after as f64 / MIB as f64,
    );
    Ok(after <= BOUND)
}

/// Sends one file of so many MiB, and checks that the handler has seen all of it.
fn upload(address: &str, mib: u64) -> io::Result<()> {
    // Carriage returns and hyphens, so that what looks like the beginning of a boundary is everywhere.
    let chunk = b"\r\n--a line that is no boundary\r".repeat(MIB as usize / 31);
    let (start, end) = (
        "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"large\"\r\n\r\n",
        "\r\n--X--\r\n",
    );
    let content = chunk.len() as u64 * mib;
    let length = start.len() as u64 + content + end.len() as u64;
    let mut socket = TcpStream::connect(address)?;
    write!(
        socket,
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: multipart/form-data; boundary=X\r\n\r\n{start}"
    )?;
    for _ in 0..mib {
        socket.write_all(&chunk)?;
    }
    socket.write_all(end.as_bytes())?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer)?;
    if answer.ends_with(&format!("1 parts, {content} bytes")) {
        Ok(())
    } else {
        Err(io::Error::other(format!("not the expected answer: {answer}")))
    }
}

/// The peak of a process's resident memory, in bytes.
fn peak(process: u32) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_ascii_whitespace().next()?.parse::<u64>().ok());
    kib.map(|kib| kib * 1024).ok_or_else(|| io::Error::other("no VmHWM in the status"))
}
