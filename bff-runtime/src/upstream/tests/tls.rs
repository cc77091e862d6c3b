use std::{io::Read as _, io::Write as _, net::TcpListener, sync::Arc, thread};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio::sync::mpsc;

use super::harness::{Origin, request, within};
use crate::{
    tls::fixtures::{Pair, TRUSTED, UNKNOWN},
    upstream::{Upstream, forward},
};

/// A server with TLS. It tells which protocol was agreed on and, unless that is HTTP/2, what was asked.
struct Secured {
    port: u16,
    seen: mpsc::UnboundedReceiver<(String, String)>,
}

impl Secured {
    fn start((certificate, key): Pair) -> Self {
        let provider = Arc::new(ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![CertificateDer::from(certificate)],
                PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key)),
            )
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, seen) = mpsc::unbounded_channel();
        thread::spawn(move || {
            for socket in listener.incoming() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = StreamOwned::new(connection, socket.unwrap());
                // The connection of a client that does not trust us ends here.
                let mut bytes = [0; 4096];
                let Ok(length) = stream.read(&mut bytes) else { continue };
                let protocol = stream.conn.alpn_protocol().unwrap_or_default();
                let protocol = String::from_utf8(protocol.to_vec()).unwrap();
                let asked = String::from_utf8_lossy(&bytes[..length]).into_owned();
                if protocol != "h2" {
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
                }
                if tell.send((protocol, asked)).is_err() {
                    return;
                }
            }
        });
        Self { port, seen }
    }

    fn upstream(&self, host: &str) -> Upstream {
        Upstream::at_start(format!("https://{host}:{}/v1", self.port)).unwrap()
    }
}

#[tokio::test]
async fn https_is_spoken_with_whom_the_roots_vouch_for() {
    let mut server = Secured::start(TRUSTED);
    // A WebSocket needs HTTP/1.1, so nothing else is offered for it.
    let headers = [("connection", "upgrade"), ("upgrade", "websocket")];
    let mut asked = request("GET /chat", &headers, "");
    let upgrade = hyper::upgrade::on(http::Request::new(()));
    asked.extensions_mut().insert(upgrade);
    let upstream = server.upstream("localhost");
    let response = within(forward(asked, &upstream).into_future()).await.unwrap();
    assert_eq!(response.status(), 200);
    let (protocol, asked) = within(server.seen.recv()).await.unwrap();
    assert_eq!(protocol, "", "nothing is negotiated where only HTTP/1.1 will do");
    assert!(asked.starts_with("GET /v1/chat HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("upgrade: websocket\r\n"), "{asked}");
}

#[tokio::test]
async fn http2_is_spoken_where_both_sides_know_it() {
    let mut server = Secured::start(TRUSTED);
    let upstream = server.upstream("localhost");
    let call = tokio::spawn(async move { upstream.get("/").send().await });
    let (protocol, asked) = within(server.seen.recv()).await.unwrap();
    assert_eq!(protocol, "h2");
    assert!(asked.starts_with("PRI * HTTP/2.0"), "{asked}");
    call.abort();
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_502() {
    let (unknown, trusted) = (Secured::start(UNKNOWN), Secured::start(TRUSTED));
    // The second is for another name than it is asked by.
    for upstream in [unknown.upstream("localhost"), trusted.upstream("127.0.0.1")] {
        let error = within(upstream.get("/secret").send()).await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.is_connect()), (502, true));
        assert!(format!("{error:?}").contains("InvalidCertificate"), "{error:?}");
    }
}

#[tokio::test]
async fn an_upstream_that_speaks_no_tls_gets_no_request_over_https() {
    let mut origin = Origin::talking(|mut socket, seen| async move {
        // The first record of a handshake, version 3.1, whatever is offered inside.
        assert_eq!(socket.take(2).await.unwrap(), [22, 3]);
        socket.send("HTTP/1.1 400 Bad Request\r\n\r\n").await;
        seen.send(Default::default()).unwrap();
    })
    .await;
    let upstream = Upstream::at_start(format!("https://{}", origin.address)).unwrap();
    let error = upstream.get("/").send().await.unwrap_err();
    assert_eq!((error.status().as_u16(), error.is_connect()), (502, true));
    origin.request().await;
}

#[tokio::test]
async fn plain_http_is_spoken_as_before() {
    let origin = Origin::answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
    let reply = origin.upstream().get("/").send().await.unwrap();
    assert_eq!(reply.text().await.unwrap(), "ok");
}
