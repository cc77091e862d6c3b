use super::harness::Origin;
use crate::upstream::Upstream;

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
    match upstream.check() {
        Ok(()) => {
            let error = upstream.get("/").send().await.unwrap_err();
            assert_eq!((error.status().as_u16(), error.is_connect()), (502, true));
            origin.request().await;
        }
        // A machine without root certificates says so.
        Err(error) => assert!(error.to_string().contains("no root certificates"), "{error}"),
    }
}

#[tokio::test]
async fn plain_http_is_spoken_as_before() {
    let origin = Origin::answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
    let reply = origin.upstream().get("/").send().await.unwrap();
    assert_eq!(reply.text().await.unwrap(), "ok");
}
