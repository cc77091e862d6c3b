//! A server on a port of its own, and a client that sees every byte.

use std::{future::Future, io, net::SocketAddr, time::Duration};

use axum::Router;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

use crate::{
    error::Result,
    server::{Serve, serve},
};

/// Longer than every deadline of the server, for tests in which the clock is wound.
const BOUND: Duration = Duration::from_secs(300);

pub(super) struct Server {
    pub(super) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<()>>,
}

impl Server {
    pub(super) async fn start(app: Router, configure: impl FnOnce(Serve) -> Serve) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let server = serve(app).listener(listener).shutdown(async { drop(stopped.await) });
        let task = tokio::spawn(configure(server).into_future());
        Self { address, stop: Some(stop), task }
    }

    pub(super) async fn connect(&self) -> Client {
        let socket = TcpStream::connect(self.address).await.unwrap();
        // Otherwise a second small piece waits in real time for the first to be acknowledged.
        socket.set_nodelay(true).unwrap();
        Client { socket, ahead: Vec::new() }
    }

    pub(super) fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    pub(super) async fn ended(self) -> Result<()> {
        within(self.task).await.unwrap()
    }

    /// Waits until the listener is gone.
    pub(super) async fn refuses(&self) {
        within(async {
            while TcpStream::connect(self.address).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
        .await;
    }
}

pub(super) struct Client {
    socket: TcpStream,
    /// Read already, but a part of the next answer.
    ahead: Vec<u8>,
}

impl Client {
    pub(super) fn address(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        within(self.socket.write_all(bytes.as_ref())).await.unwrap();
    }

    /// Sends to a server that may have closed already.
    pub(super) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = within(self.socket.write_all(bytes.as_ref())).await;
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await;
        self.answer().await
    }

    /// Reads one answer, by its `content-length`.
    pub(super) async fn answer(&mut self) -> Answer {
        within(async {
            let head = loop {
                if let Some(end) = self.ahead.windows(4).position(|four| four == b"\r\n\r\n") {
                    let rest = self.ahead.split_off(end + 4);
                    break std::mem::replace(&mut self.ahead, rest);
                }
                assert!(self.more().await, "the connection ended within a head");
            };
            let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            while self.ahead.len() < length {
                assert!(self.more().await, "the connection ended within a body");
            }
            let rest = self.ahead.split_off(length);
            let body = String::from_utf8(std::mem::replace(&mut self.ahead, rest)).unwrap();
            Answer { head, body }
        })
        .await
    }

    /// Reads as many bytes as these, whatever they are.
    pub(super) async fn bytes(&mut self, length: usize) -> Vec<u8> {
        self.bytes_if_any(length).await.expect("the connection ended")
    }

    /// Reads as many bytes as these, unless the server closes before.
    pub(super) async fn bytes_if_any(&mut self, length: usize) -> Option<Vec<u8>> {
        within(async {
            while self.ahead.len() < length {
                if !self.more().await {
                    return None;
                }
            }
            let rest = self.ahead.split_off(length);
            Some(std::mem::replace(&mut self.ahead, rest))
        })
        .await
    }

    /// Reads until the server closes. A reset is an end as well.
    pub(super) async fn rest(&mut self) -> String {
        within(async {
            while self.more().await {}
            String::from_utf8_lossy(&std::mem::take(&mut self.ahead)).into_owned()
        })
        .await
    }

    async fn more(&mut self) -> bool {
        match self.socket.read_buf(&mut self.ahead).await {
            Ok(length) => length > 0,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => false,
            Err(error) => panic!("{error}"),
        }
    }
}

pub(super) struct Answer {
    /// In lower case.
    pub(super) head: String,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

pub(super) async fn within<F: Future>(future: F) -> F::Output {
    timeout(BOUND, future).await.expect("the server does not get on")
}
