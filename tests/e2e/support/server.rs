use std::net::SocketAddr;

use bff::{
    axum::{Router, body::Body},
    server::Serve,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{Answer, Call, raw, within};

/// A router behind a socket, until it is dropped.
pub(crate) struct Server {
    pub(crate) addr: SocketAddr,
    /// Its end stops the server.
    _stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves this router on a port that the system chooses.
    pub(crate) async fn start(router: Router) -> Self {
        Self::start_with(router, |serve| serve).await
    }

    /// The same, with other settings.
    pub(crate) async fn start_with(router: Router, configure: impl FnOnce(Serve) -> Serve) -> Self {
        let listener =
            within("binding", TcpListener::bind("127.0.0.1:0")).await.expect("a free port");
        let addr = listener.local_addr().expect("a bound listener has an address");
        let (stop, stopped) = oneshot::channel();
        // Tests provoke errors by the hundred; the server logs them unless the program has a subscriber.
        let _ =
            tracing::subscriber::set_global_default(tracing::subscriber::NoSubscriber::default());
        let server = bff::serve(router).listener(listener).shutdown(async { drop(stopped.await) });
        let server = configure(server);
        let task = tokio::spawn(async { server.await.expect("the server runs") });
        Self { addr, _stop: stop, task }
    }

    /// Tells the server to stop. What it gives is done when the server is.
    pub(crate) fn stop(self) -> JoinHandle<()> {
        self.task
    }

    /// Sends one request on a connection of its own.
    pub(crate) async fn send(&self, call: impl Into<Call>) -> Answer {
        raw(self.addr, call.into().bytes()).await
    }

    /// GET this path.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(super::call(&format!("GET {path}"))).await
    }
}

/// The answer to the same request without a socket, from the client that users test with.
pub(crate) async fn in_process(router: &Router, call: impl Into<Call>) -> Answer {
    let Call { method, path, headers, body } = call.into();
    let client = bff::testing::client(router.clone());
    let mut request = client.request(&*method, &path);
    for (name, value) in &headers {
        request = request.header(&**name, &**value);
    }
    if !body.is_empty() {
        request = request.body(Body::from(body));
    }
    let response = within("an answer in process", request.into_future()).await;
    let headers = response.headers().iter().map(|(name, value)| {
        (name.to_string(), String::from_utf8(value.as_bytes().to_vec()).expect("a header is text"))
    });
    Answer {
        status: response.status().as_u16(),
        headers: headers.collect(),
        body: response.bytes().to_vec(),
        broken: false,
    }
}
