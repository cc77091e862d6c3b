use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, extract::Request, response::Response};
use http_body_util::BodyExt;
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

pub(super) use super::peer::{Peer, Recorded};
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
        Self::of(Router::new().fallback(move |request: Request| async move {
            configure(forward(request, &upstream)).await
        }))
        .await
    }

    /// This app.
    pub(super) async fn of(app: Router) -> Self {
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
