use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Answer, within};

/// A client's end of an HTTP/1.1 connection. It sends what it is given and hides nothing of the answer.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What was received and not yet taken.
    received: Vec<u8>,
}

/// Sends one request and reads the answer.
pub(crate) async fn raw(addr: SocketAddr, request: impl AsRef<[u8]>) -> Answer {
    let mut connection = Connection::open(addr).await;
    connection.send(&request).await;
    let answer = connection.answer(method(request.as_ref())).await;
    // A body where none belongs would be taken for the next answer (RFC 9112 section 6.3).
    if answer.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) {
        assert_eq!(connection.rest().await, b"", "something follows the answer {answer:?}");
    }
    answer
}

impl Connection {
    pub(crate) async fn open(addr: SocketAddr) -> Self {
        let stream =
            within("connecting", TcpStream::connect(addr)).await.expect("the server listens");
        Self { stream, received: Vec::new() }
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        within("sending", self.stream.write_all(bytes.as_ref())).await.expect("the server reads");
    }

    /// Sends to a server that may have had enough.
    pub(crate) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        within("sending", self.stream.write_all(bytes.as_ref())).await
    }

    /// Reads the answer to a request of this method, which decides whether a body follows.
    pub(crate) async fn answer(&mut self, method: &str) -> Answer {
        let answer = self.try_answer(method).await;
        answer.unwrap_or_else(|received| {
            panic!(
                "the connection ended without an answer: {:?}",
                String::from_utf8_lossy(&received)
            )
        })
    }

    /// Reads an answer. What came instead is the error when the connection ends before the answer's head does.
    pub(crate) async fn try_answer(&mut self, method: &str) -> Result<Answer, Vec<u8>> {
        let (status, headers) = self.head().await?;
        let mut answer = Answer { status, headers, body: Vec::new(), broken: false };
        let is_bodiless = method == "HEAD" || status < 200 || matches!(status, 204 | 304);
        if is_bodiless {
            return Ok(answer);
        }
        match (answer.header("transfer-encoding"), answer.header("content-length")) {
            (Some(encoding), length) => {
                assert_eq!((encoding, length), ("chunked", None), "{answer:?}");
                answer.broken = self.chunks(&mut answer.body).await.is_none();
            }
            (None, Some(length)) => {
                let length = length.parse().expect("a length is a number");
                match self.take(length).await {
                    Some(body) => answer.body = body,
                    None => {
                        answer.body = std::mem::take(&mut self.received);
                        answer.broken = true;
                    }
                }
            }
            (None, None) => answer.body = self.rest().await,
        }
        Ok(answer)
    }

    /// Everything until the connection ends.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        while self.receive().await {}
        std::mem::take(&mut self.received)
    }

    /// Reads the next chunk of a chunked body, for tests that look at it before the rest is there.
    pub(crate) async fn chunk(&mut self) -> Option<Vec<u8>> {
        let size = self.line().await?;
        let size = std::str::from_utf8(&size).expect("a chunk's size is text");
        let size = usize::from_str_radix(size, 16).expect("a chunk's size is hexadecimal");
        let chunk = self.take(size).await?;
        assert_eq!(self.line().await?, b"", "a chunk ends with a line break");
        Some(chunk)
    }

    /// Reads a text frame of a WebSocket, a short one (RFC 6455 section 5.2).
    pub(crate) async fn frame(&mut self) -> String {
        let head = self.take(2).await.expect("a frame");
        assert_eq!((head[0], head[1] & 0x80), (0x81, 0), "one whole text, without a mask");
        let text = self.take(usize::from(head[1])).await.expect("the text of the frame");
        String::from_utf8(text).expect("the frame is text")
    }

    /// Reads the head of an answer alone.
    pub(crate) async fn head(&mut self) -> Result<(u16, Vec<(String, String)>), Vec<u8>> {
        let mut lines = Vec::new();
        loop {
            match self.line().await {
                Some(line) if line.is_empty() => break,
                Some(line) => lines.push(String::from_utf8(line).expect("a head is text")),
                None => return Err(std::mem::take(&mut self.received)),
            }
        }
        let status = lines[0]
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3))
            .expect("a status line");
        let headers = lines[1..].iter().map(|line| {
            let (name, value) = line.split_once(':').expect("a header line has a colon");
            (name.to_owned(), value.trim().to_owned())
        });
        Ok((status.parse().expect("a status is a number"), headers.collect()))
    }

    /// Reads chunks up to the last one; `None` when it never comes.
    async fn chunks(&mut self, body: &mut Vec<u8>) -> Option<()> {
        loop {
            let chunk = self.chunk().await?;
            if chunk.is_empty() {
                return Some(());
            }
            body.extend(chunk);
        }
    }

    async fn line(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(end) = self.received.windows(2).position(|pair| pair == b"\r\n") {
                let mut line: Vec<u8> = self.received.drain(..end + 2).collect();
                line.truncate(end);
                return Some(line);
            }
            if !self.receive().await {
                return None;
            }
        }
    }

    async fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        while self.received.len() < length {
            if !self.receive().await {
                return None;
            }
        }
        Some(self.received.drain(..length).collect())
    }

    /// Receives something; false when the connection has ended, orderly or not.
    async fn receive(&mut self) -> bool {
        let read = within("an answer", self.stream.read_buf(&mut self.received)).await;
        read.is_ok_and(|length| length > 0)
    }
}

fn method(request: &[u8]) -> &str {
    let end =
        request.iter().position(|&byte| byte == b' ').expect("a request begins with its method");
    std::str::from_utf8(&request[..end]).expect("a method is text")
}
