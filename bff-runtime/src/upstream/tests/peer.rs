use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::harness::within;

/// A request or a response as it was on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) line: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    /// With the framing.
    pub(super) body: Vec<u8>,
}

impl Recorded {
    pub(super) fn lines(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(it, _)| it == name).map(|(_, value)| &**value).collect()
    }

    /// All names, in order.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.headers.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        names
    }

    pub(super) fn status(&self) -> u16 {
        self.line.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// One end of a connection.
pub(super) struct Peer {
    socket: TcpStream,
    ahead: Vec<u8>,
}

impl Peer {
    pub(super) fn new(socket: TcpStream) -> Self {
        Self { socket, ahead: Vec::new() }
    }

    pub(super) async fn connect(address: SocketAddr) -> Self {
        Self::new(within(TcpStream::connect(address)).await.unwrap())
    }

    /// Sends, as far as the other side still listens.
    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = within(self.socket.write_all(bytes.as_ref())).await;
    }

    /// A request with its body; `None` when the connection ends before.
    pub(super) async fn request(&mut self) -> Option<Recorded> {
        let mut request = self.head().await?;
        if !request.lines("transfer-encoding").is_empty() {
            request.body = self.chunked().await?;
        } else if let [length] = request.lines("content-length")[..] {
            request.body = self.take(length.parse().unwrap()).await?;
        }
        Some(request)
    }

    pub(super) async fn head(&mut self) -> Option<Recorded> {
        let head = self.until(b"\r\n\r\n").await?;
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let line = lines.next().unwrap().to_owned();
        let headers = lines
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap();
                (name.to_ascii_lowercase(), value.trim().to_owned())
            })
            .collect();
        Some(Recorded { line, headers, body: Vec::new() })
    }

    /// A chunked body with its framing and trailers.
    async fn chunked(&mut self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.until(b"\r\n").await?;
            let size = usize::from_str_radix(std::str::from_utf8(&line).unwrap().trim(), 16);
            body.extend(line);
            match size.unwrap() {
                0 => loop {
                    let line = self.until(b"\r\n").await?;
                    body.extend(&line);
                    if line == b"\r\n" {
                        return Some(body);
                    }
                },
                size => body.extend(self.take(size + 2).await?),
            }
        }
    }

    pub(super) async fn until(&mut self, end: &[u8]) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.ahead.windows(end.len()).position(|it| it == end) {
                return self.take(at + end.len()).await;
            }
            if !self.more().await {
                return None;
            }
        }
    }

    pub(super) async fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        while self.ahead.len() < length {
            if !self.more().await {
                return None;
            }
        }
        Some(self.ahead.drain(..length).collect())
    }

    /// Everything until the connection ends.
    pub(super) async fn rest(&mut self) -> Vec<u8> {
        while self.more().await {}
        std::mem::take(&mut self.ahead)
    }

    async fn more(&mut self) -> bool {
        match within(self.socket.read_buf(&mut self.ahead)).await {
            Ok(length) => length > 0,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => false,
            Err(error) => panic!("{error}"),
        }
    }
}
