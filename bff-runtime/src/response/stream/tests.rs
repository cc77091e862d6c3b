use std::{
    convert::Infallible,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::stream::{iter, poll_fn};
use http_body_util::BodyExt;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    sync::mpsc,
};

use super::*;
use crate::Problem;

/// A client's end of a connection on which this response is sent.
async fn connection(response: Response) -> DuplexStream {
    let (mut client, server) = duplex(64 * 1024);
    let response = Arc::new(std::sync::Mutex::new(Some(response)));
    tokio::spawn(http1::Builder::new().serve_connection(
        TokioIo::new(server),
        service_fn(move |_| {
            let response = response.lock().unwrap().take().unwrap_or_default();
            async { Ok::<_, Infallible>(response) }
        }),
    ));
    client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    client
}

async fn read(client: &mut DuplexStream) -> String {
    let mut buffer = [0; 4096];
    let n = client.read(&mut buffer).await.unwrap();
    String::from_utf8_lossy(&buffer[..n]).into_owned()
}

#[tokio::test]
async fn rh_223_headers_are_sent_before_the_first_chunk_and_chunks_as_they_come() {
    let (sender, mut receiver) = mpsc::channel::<Result<&str, io::Error>>(1);
    let mut client = connection(stream(poll_fn(move |cx| receiver.poll_recv(cx)))).await;
    let head = read(&mut client).await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff"), "RH-226: {head}");
    for word in ["one", "two"] {
        sender.send(Ok(word)).await.unwrap();
        assert!(read(&mut client).await.contains(word));
    }
    drop(sender);
    assert_eq!(read(&mut client).await, "0\r\n\r\n");
}

#[tokio::test]
async fn rh_078_v45_an_error_midway_cuts_the_connection() {
    let mut client =
        connection(stream(iter([Ok("one"), Err(io::Error::other("secret")), Ok("two")]))).await;
    let mut all = Vec::new();
    client.read_to_end(&mut all).await.unwrap();
    let all = String::from_utf8(all).unwrap();
    assert!(all.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(all.contains("one"));
    assert!(!all.contains("two") && !all.contains("secret"));
    assert!(!all.ends_with("0\r\n\r\n"), "the body must not look whole: {all:?}");
}

#[tokio::test]
async fn rh_224_a_chunk_is_made_when_there_is_room_for_it() {
    let made = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&made);
    let chunks = iter(0..1000).map(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(vec![b'x'; 64 * 1024])
    });
    let mut client = connection(stream(chunks)).await;
    read(&mut client).await;
    for _ in 0..100 {
        yield_now().await;
    }
    assert!(
        made.load(Ordering::Relaxed) < 20,
        "{} chunks for a client that reads nothing",
        made.load(Ordering::Relaxed)
    );
}

struct OnDrop(mpsc::UnboundedSender<()>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[tokio::test]
async fn rh_232_a_client_that_goes_away_drops_the_stream() {
    let (sender, mut dropped) = mpsc::unbounded_channel();
    let guard = OnDrop(sender);
    let endless = poll_fn(move |_| {
        let _ = &guard;
        std::task::Poll::Ready(Some(Ok::<_, Infallible>(vec![b'x'; 1024])))
    });
    let mut client = connection(stream(endless)).await;
    read(&mut client).await;
    drop(client);
    dropped.recv().await.unwrap();
}

#[tokio::test]
async fn any_error_of_a_handler_can_end_a_stream() {
    for response in [
        stream(iter([Ok("a"), Err(Error::msg("lost"))])),
        stream(iter([Ok("a"), Err(Problem::new(http::StatusCode::BAD_GATEWAY))])),
        stream(iter([Ok("a"), Err(io::Error::other("lost"))])),
    ] {
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/octet-stream");
        let error = response.into_body().collect().await.unwrap_err();
        assert_eq!(error.to_string(), "the stream broke off");
    }
}
