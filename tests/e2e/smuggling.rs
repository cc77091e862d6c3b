//! A body that nobody reads is no request, whatever answers before it is read: section 1.5.4 of the advisories.

use crate::{
    apps::rules::app,
    support::{Connection, Server},
};

#[tokio::test]
async fn rustsec_2025_0037_security_1_5_4_a_body_that_nobody_reads_is_no_request() {
    let server = Server::start(app::router()).await;
    let inner = "GET /secure HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let chunked = format!("{:x}\r\n{inner}\r\n0\r\n\r\n", inner.len());
    let bodies = [
        format!("Content-Length: {}\r\n\r\n{inner}", inner.len()),
        format!("Transfer-Encoding: chunked\r\n\r\n{chunked}"),
        format!("Expect: 100-continue\r\nContent-Length: {}\r\n\r\n{inner}", inner.len()),
    ];
    // A redirect of the file, one of the proxy, its failure, a file, 404, 405, an answer for the path itself.
    for (line, status) in [
        ("POST /old", 308),
        ("DELETE /old-t/x", 307),
        ("POST /by-proxy/x?do=redirect", 307),
        ("POST /by-proxy/x?do=fail", 500),
        ("GET /a.txt", 200),
        ("POST /a.txt", 405),
        ("OPTIONS /a.txt", 204),
        ("PUT /nowhere", 404),
        ("DELETE /rw", 405),
        ("OPTIONS /rw", 204),
        ("POST //old", 308),
        ("POST /hasq?tok=..", 400),
        ("HEAD /rw", 200),
    ] {
        let method = line.split(' ').next().expect("a method");
        for body in &bodies {
            let mut connection = Connection::open(server.addr).await;
            let next = "GET /bf HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            connection.send(format!("{line} HTTP/1.1\r\nHost: localhost\r\n{body}{next}")).await;
            let mut first = connection.answer(method).await;
            if first.status == 100 {
                first = connection.answer(method).await;
            }
            assert_eq!(first.status, status, "{line} {body:?}: {first:?}");
            // The next answer is that of the next request, or there is none.
            match connection.try_answer("GET").await {
                Ok(second) => second.is(200, "rw /rw?from=bf2 /bf "),
                Err(rest) => assert_eq!(rest, b"", "{line} {body:?}"),
            }
        }
    }
}
