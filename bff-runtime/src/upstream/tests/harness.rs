use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, extract::Request, response::Response};
use http_body_util::BodyExt;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};

use crate::upstream::{Forward, Upstream, forward};

/// Longer than every deadline here, for tests in which the clock is wound.
const BOUND: Duration = Duration::from_secs(3600);

pub(super) async fn within<F: Future>(future: F) -> F::Output {
    timeout(BOUND, future).await.expect("something does not get on")
}

/// An answer without a body.
pub(super) const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// An upstream: it records what it is sent, byte for byte.
pub(super) struct Origin {
    pub(super) address: SocketAddr,
    requests: mpsc::UnboundedReceiver<Recorded>,
    connections: Arc<AtomicUsize>,
}

impl Origin {
    /// Sends these bytes for every request.
    pub(super) async fn answering(answer: impl AsRef<[u8]>) -> Self {
        let answer: Arc<[u8]> = answer.as_ref().into();
        Self::talking(move |mut socket, seen| {
            let answer = Arc::clone(&answer);
            async move {
                while let Some(request) = socket.request().await {
                    seen.send(request).unwrap();
                    socket.send(&answer).await;
                }
            }
        })
        .await
    }

    /// Sends these bytes for the first request of a connection and closes it.
    pub(super) async fn closing(answer: impl AsRef<[u8]>) -> Self {
        let answer: Arc<[u8]> = answer.as_ref().into();
        Self::talking(move |mut socket, seen| {
            let answer = Arc::clone(&answer);
            async move {
                if let Some(request) = socket.request().await {
                    seen.send(request).unwrap();
                    socket.send(&answer).await;
                }
            }
        })
        .await
    }

    /// Does this with each connection.
    pub(super) async fn talking<F, Fut>(talk: F) -> Self
    where
        F: Fn(Peer, mpsc::UnboundedSender<Recorded>) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, requests) = mpsc::unbounded_channel();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                count.fetch_add(1, SeqCst);
                tokio::spawn(talk(Peer::new(socket), seen.clone()));
            }
        });
        Self { address, requests, connections }
    }

    pub(super) fn upstream(&self) -> Upstream {
        self.below("")
    }

    /// The upstream with a path of its own.
    pub(super) fn below(&self, base: &str) -> Upstream {
        Upstream::at_start(format!("http://{}{base}", self.address)).unwrap()
    }

    /// What was asked next.
    pub(super) async fn request(&mut self) -> Recorded {
        within(self.requests.recv()).await.expect("the upstream is there")
    }

    /// Everything that was asked and not looked at yet.
    pub(super) fn others(&mut self) -> Vec<Recorded> {
        std::iter::from_fn(|| self.requests.try_recv().ok()).collect()
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }
}

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

/// A server that forwards everything.
pub(super) struct Gateway {
    pub(super) address: SocketAddr,
}

impl Gateway {
    pub(super) async fn to(upstream: Upstream) -> Self {
        Self::with(upstream, |forward| forward).await
    }

    pub(super) async fn with(
        upstream: Upstream,
        configure: impl for<'a> Fn(Forward<'a>) -> Forward<'a> + Clone + Send + Sync + 'static,
    ) -> Self {
        let app = Router::new().fallback(move |request: Request| async move {
            configure(forward(request, &upstream)).await
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = crate::serve(app).listener(listener).shutdown(std::future::pending());
        tokio::spawn(server.into_future());
        Self { address }
    }

    /// Sends these bytes and receives all that comes back, until the connection is closed.
    pub(super) async fn exchange(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut client = Peer::connect(self.address).await;
        client.send(bytes).await;
        String::from_utf8_lossy(&client.rest().await).into_owned()
    }
}

/// A request as a handler is given it, from a client at 192.0.2.1.
pub(super) fn request(line: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request {
    let (method, target) = line.split_once(' ').unwrap();
    let mut request =
        http::Request::builder().method(method).uri(target).header("host", "shop.example");
    for &(name, value) in headers {
        request = request.header(name, value);
    }
    let peer: SocketAddr = "192.0.2.1:4711".parse().unwrap();
    request.extension(ConnectInfo(peer)).body(body.into()).unwrap()
}

pub(super) async fn text(response: Response) -> String {
    let body = within(response.into_body().collect()).await.unwrap().to_bytes();
    String::from_utf8(body.into()).unwrap()
}
