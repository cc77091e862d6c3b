use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// No step of a test takes longer on the slowest machine; it bounds a hang, it measures nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program of ours that serves on a loopback port of its own. It ends with this value.
#[derive(Debug)]
pub struct Process {
    child: Child,
    address: SocketAddr,
}

/// What came back for one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header lines as sent, in order.
    pub headers: Vec<String>,
    /// The body.
    pub body: String,
}

impl Process {
    /// Starts the program and waits for its start-up line.
    ///
    /// # Panics
    /// When it cannot be started or says no address in time.
    pub fn start(program: &str) -> Self {
        Self::start_with(program, &[])
    }

    /// The same with these environment variables.
    ///
    /// # Panics
    /// When it cannot be started or says no address in time.
    pub fn start_with(program: &str, variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(program)
            .envs(variables.iter().copied())
            .env("HOST", "127.0.0.1")
            .env("PORT", "0")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let Some(stderr) = child.stderr.take() else { panic!("{program} has no stderr") };
        let (sender, address) = mpsc::channel();
        // The pipe is read to its end, or the program would block once it is full.
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if let Some((_, rest)) = line.split_once("http://")
                    && let Ok(address) = rest.trim().parse::<SocketAddr>()
                {
                    let _ = sender.send(address);
                }
            }
        });
        match address.recv_timeout(PATIENCE) {
            Ok(address) => Self { child, address },
            Err(error) => {
                let _ = child.kill();
                panic!("{program} named no address: {error}");
            }
        }
    }

    /// Where it listens, for clients of another kind.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends a request without a body.
    ///
    /// # Panics
    /// When the connection fails or the answer is not HTTP.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], "")
    }

    /// Sends any request, on a connection of its own.
    ///
    /// # Panics
    /// When the connection fails or the answer is not HTTP.
    pub fn request(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        let mut text =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for header in headers {
            text.push_str(&format!("{header}\r\n"));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        exchange(self.address, &text).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn exchange(address: SocketAddr, request: &str) -> Result<Answer, Box<dyn std::error::Error>> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("the head has no end")?;
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .ok_or("there is no status")?
        .parse()?;
    Ok(Answer { status, headers: lines.map(str::to_owned).collect(), body: body.to_owned() })
}
