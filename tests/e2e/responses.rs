//! Sections 9, 10 and 11 of the spec: bodies and their types, redirects and interrupts, streams and events; and
//! what the reference leaves out: states, ranges, compression.

use crate::{
    apps::rows,
    support::{Answer, Call, Connection, Server, call, within},
};

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

/// GET with these headers.
fn get(path: &str, headers: &[(&str, &str)]) -> Call {
    headers
        .iter()
        .fold(call(&format!("GET {path}")), |call, (name, value)| call.header(name, value))
}

#[tokio::test]
async fn rh_148_rh_186_rh_188_rh_191_rh_198_v25_v26_v27_bodies_have_their_type_and_their_length() {
    let server = server().await;
    for (kind, status, content_type, body) in [
        ("json", 200, Some("application/json"), &b"[1,2]"[..]),
        ("text", 200, Some("text/plain; charset=utf-8"), "grüße".as_bytes()),
        ("html", 200, Some("text/html; charset=utf-8"), b"<p>&lt;script&gt;"),
        ("xml", 200, Some("application/xml; charset=utf-8"), b"<a/>"),
        ("csv", 200, Some("text/csv; charset=utf-8"), b"a,\"b,c\"\r\n"),
        ("bytes", 200, Some("application/octet-stream"), b"\x00\xff"),
        ("empty", 200, Some("text/plain; charset=utf-8"), b""),
        ("accepted", 202, None, b""),
        ("built", 201, Some("application/vnd.x+json"), b"1"),
    ] {
        let path = format!("/responses/content/{kind}");
        let answer = server.get(&path).await;
        assert_eq!(
            (answer.status, answer.header("content-type"), &*answer.body),
            (status, content_type, body),
            "{kind}"
        );
        assert_eq!(answer.header("content-length"), Some(&*body.len().to_string()), "{kind}");
        assert_eq!(answer.header("cache-control"), None, "RH-195: {kind}");
        let head = server.send(&*format!("HEAD {path}")).await;
        assert_eq!(head.without_noise().headers, answer.without_noise().headers, "RH-053: {kind}");
    }
}

#[tokio::test]
async fn rh_194_no_content_has_neither_body_nor_type_nor_length() {
    let answer = server().await.get("/responses/content/no-content").await;
    answer.is(204, "");
    assert_eq!((answer.header("content-type"), answer.header("content-length")), (None, None));
}

#[tokio::test]
async fn rh_079_rh_151_rh_194_what_http_cannot_express_is_500_and_sends_nothing_of_it() {
    let server = server().await;
    for kind in ["broken-header", "broken-status"] {
        let answer = server.get(&format!("/responses/content/{kind}")).await;
        answer.opaque();
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[tokio::test]
async fn rh_412_a_download_has_its_name_whatever_it_holds() {
    let answer = server().await.get("/responses/content/saved").await;
    answer.is(200, "%PDF");
    assert_eq!(
        answer.header("content-disposition"),
        Some(
            "attachment; filename=\"na_ve _report_.pdf\"; filename*=UTF-8''na%C3%AFve%20%22report%22.pdf"
        )
    );
}

#[tokio::test]
async fn rh_201_rh_202_rh_204_rh_207_rh_208_rh_209_rh_211_v18_v19_v20_v21_v23_redirects() {
    let server = server().await;
    for (kind, status, location) in [
        ("thrown", 307, "/dest?x=1"),
        ("plain", 307, "/dest?x=1"),
        ("permanent", 308, "/dest"),
        ("form", 303, "/dest"),
        ("absolute", 307, "https://example.com/a;b?a=b%20c"),
        ("found", 302, "/dest"),
        ("moved", 301, "/dest"),
    ] {
        for method in ["GET", "POST"] {
            let request = call(&format!("{method} /responses/redirects/{kind}"));
            let forms = [
                request.clone(),
                request.header("content-type", "application/x-www-form-urlencoded"),
            ];
            for request in forms {
                let answer = server.send(request).await;
                answer.is(status, "");
                assert_eq!(answer.lines("location"), [location], "{kind}");
                assert_eq!(answer.header("content-type"), None, "{kind}");
            }
        }
    }
}

#[tokio::test]
async fn rh_216_rh_217_interrupts_are_problems_and_may_carry_a_challenge() {
    let server = server().await;
    for (kind, status, detail, challenge) in [
        ("not-found", 404, None, None),
        ("forbidden", 403, Some("not your post"), None),
        ("unauthorized", 401, None, None),
        ("challenged", 401, None, Some("Bearer realm=\"api\"")),
        ("gone", 410, Some("the post was deleted"), None),
    ] {
        let answer = server.get(&format!("/responses/interrupts/{kind}")).await;
        let problem = answer.problem(status);
        assert_eq!(problem.get("detail").and_then(|detail| detail.as_str()), detail, "{kind}");
        assert_eq!(answer.header("www-authenticate"), challenge, "{kind}");
    }
    let text = get("/responses/interrupts/challenged", &[("accept", "text/plain")]);
    let answer = server.send(text).await;
    assert_eq!(
        (answer.status, answer.header("www-authenticate")),
        (401, Some("Bearer realm=\"api\""))
    );
}

#[tokio::test]
async fn rh_196_v50_a_state_that_the_client_has_is_304() {
    let server = server().await;
    for (headers, status) in [
        (&[][..], 200),
        (&[("if-none-match", "\"abc\"")], 304),
        (&[("if-none-match", "W/\"abc\"")], 304),
        (&[("If-None-Match", "\"x\", \"abc\"")], 304),
        (&[("if-none-match", "*")], 304),
        (&[("if-none-match", "\"x\"")], 200),
        (&[("if-match", "\"x\"")], 412),
        (&[("if-match", "\"abc\"")], 200),
    ] {
        let answer = server.send(get("/responses/etag", headers)).await;
        let mut head = get("/responses/etag", headers);
        head.method = "HEAD".to_owned();
        let head = server.send(head).await;
        assert_eq!((answer.status, head.status), (status, status), "{headers:?}");
        assert_eq!(
            head.without_noise().headers,
            answer.clone().without_noise().headers,
            "{headers:?}"
        );
        match status {
            200 => answer.is(200, "body"),
            412 => drop(answer.problem(412)),
            _ => {
                assert_eq!(answer.header("etag"), Some("\"abc\""));
                assert_eq!(answer.header("cache-control"), Some("max-age=60"));
                assert_eq!(answer.header("content-type"), None);
            }
        }
    }
    let change = call("POST /responses/etag").header("if-none-match", "\"abc\"");
    server.send(change).await.is(200, "changed");
}

#[tokio::test]
async fn rh_196_a_304_keeps_the_connection_in_step() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    for _ in 0..2 {
        connection
            .send(
                "GET /responses/etag HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"abc\"\r\n\r\n",
            )
            .await;
        assert_eq!(connection.answer("GET").await.status, 304);
        connection.send("GET /responses/etag HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        connection.answer("GET").await.is(200, "body");
    }
}

#[tokio::test]
async fn rh_196_a_change_of_another_state_is_412_and_of_an_unknown_one_428() {
    let server = server().await;
    let tag = server.get("/responses/versioned").await.header("etag").unwrap().to_owned();
    for (seen, status) in
        [(None, 428), (Some("\"old\""), 412), (Some(&*tag), 204), (Some("*"), 204)]
    {
        let mut change = call("PUT /responses/versioned");
        if let Some(seen) = seen {
            change = change.header("if-match", seen);
        }
        assert_eq!(server.send(change).await.status, status, "{seen:?}");
    }
}

#[tokio::test]
async fn rh_197_ranges_of_a_body_in_memory() {
    let server = server().await;
    for (headers, status, content_range, body) in [
        (&[("range", "bytes=1-2")][..], 206, Some("bytes 1-2/4"), "od"),
        (&[("range", "bytes=1-2"), ("if-range", "\"abc\"")], 206, Some("bytes 1-2/4"), "od"),
        (&[("range", "bytes=1-2"), ("if-range", "\"x\"")], 200, None, "body"),
        (&[("range", "lines=1-2")], 200, None, "body"),
    ] {
        let answer = server.send(get("/responses/etag", headers)).await;
        answer.is(status, body);
        assert_eq!(answer.header("content-range"), content_range);
        assert_eq!(answer.header("accept-ranges"), Some("bytes"));
        assert_eq!(answer.header("content-length"), Some(&*body.len().to_string()));
    }
}

#[tokio::test]
async fn rh_197_rh_225_files_and_their_ranges() {
    let server = server().await;
    let answer = server.get("/responses/file/digits.txt").await;
    answer.is(200, "0123456789");
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.header("content-length"), Some("10"));
    assert_eq!(answer.header("accept-ranges"), Some("bytes"));
    let (tag, date) = (answer.header("etag").unwrap(), answer.header("last-modified").unwrap());
    let head = server.send("HEAD /responses/file/digits.txt").await;
    assert_eq!(head.clone().without_noise().headers, answer.clone().without_noise().headers);
    for headers in [("if-none-match", tag), ("if-modified-since", date)] {
        let answer = server.send(get("/responses/file/digits.txt", &[headers])).await;
        answer.is(304, "");
        assert_eq!(answer.header("etag"), Some(tag));
    }
    for (range, status, content_range, body) in [
        ("bytes=0-3", 206, "bytes 0-3/10", "0123"),
        ("bytes=-2", 206, "bytes 8-9/10", "89"),
        ("bytes=4-", 206, "bytes 4-9/10", "456789"),
        ("bytes=4-5,5-6", 206, "bytes 4-6/10", "456"),
    ] {
        let answer = server.send(get("/responses/file/digits.txt", &[("range", range)])).await;
        answer.is(status, body);
        assert_eq!(answer.header("content-range"), Some(content_range), "{range}");
    }
    let answer = server.send(get("/responses/file/digits.txt", &[("range", "bytes=10-")])).await;
    answer.problem(416);
    assert_eq!(answer.header("content-range"), Some("bytes */10"));
    server.get("/responses/file/folder/a.html").await.is(200, "inside");
}

#[tokio::test]
async fn rh_197_several_ranges_are_parts() {
    let server = server().await;
    let answer = server.send(get("/responses/file/digits.txt", &[("range", "bytes=0-1,8-")])).await;
    assert_eq!(answer.status, 206);
    let boundary = answer
        .header("content-type")
        .unwrap()
        .strip_prefix("multipart/byteranges; boundary=")
        .unwrap();
    let parts: Vec<&str> = answer.text().split(&format!("\r\n--{boundary}")).collect();
    let head = "\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes";
    assert_eq!(
        parts,
        ["", &*format!("{head} 0-1/10\r\n\r\n01"), &*format!("{head} 8-9/10\r\n\r\n89"), "--\r\n"]
    );
    let many =
        format!("bytes={}", (0..1000).map(|n| format!("{n}-{n}")).collect::<Vec<_>>().join(","));
    server.send(get("/responses/file/digits.txt", &[("range", &many)])).await.problem(416);
}

#[tokio::test]
async fn rh_225_no_path_of_a_client_leaves_the_folder() {
    let server = server().await;
    for path in [
        "..%2Frows%2Fapp%2Froute.rs",
        "folder%2F..%2F..%2Frows%2Fapp%2Froute.rs",
        "%2Fetc%2Fpasswd",
        "folder%00",
        "folder",
        "missing",
        ".%2Fdigits.txt",
    ] {
        let answer = server.get(&format!("/responses/file/{path}")).await;
        assert!(matches!(answer.status, 404 | 400 | 308), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn rh_223_rh_226_a_stream_is_sent_in_chunks_and_head_has_none() {
    let server = server().await;
    let answer = server.get("/responses/stream").await;
    answer.is(200, "one two ");
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let head = server.send("HEAD /responses/stream").await;
    assert_eq!((head.status, head.header("content-length")), (200, None));
}

#[tokio::test]
async fn rh_078_rh_234_v45_a_stream_that_fails_midway_is_200_and_cut() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /responses/stream/failing HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    let answer = connection.answer("GET").await;
    assert_eq!((answer.status, answer.text(), answer.broken), (200, "one", true));
    answer.tells_no_secret();
}

#[tokio::test]
async fn rh_227_rh_228_rh_230_v44_events_come_one_by_one_and_uncompressed() {
    let router = rows::app::router().layer(bff::response::compression());
    let server = Server::start(router).await;
    for (last, first) in [("", 0), ("Last-Event-ID: 6\r\n", 7)] {
        let mut connection = Connection::open(server.addr).await;
        connection
            .send(format!("GET /responses/events HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{last}\r\n"))
            .await;
        let (status, headers) = connection.head().await.unwrap();
        let answer = Answer { status, headers, body: Vec::new(), broken: false };
        for (name, value) in [
            ("content-type", Some("text/event-stream")),
            ("cache-control", Some("no-cache, no-transform")),
            ("x-accel-buffering", Some("no")),
            ("content-encoding", None),
            ("transfer-encoding", Some("chunked")),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
        for n in [first, first + 1] {
            let event = within("an event", connection.chunk()).await.unwrap();
            let expected =
                format!("data: tick {n}\ndata: of many\nevent: tick\nid: {n}\nretry: 3000\n\n");
            assert_eq!(String::from_utf8(event).unwrap(), expected);
        }
    }
}

#[tokio::test]
async fn rh_228_rh_229_a_layer_compresses_what_is_worth_it() {
    let router = rows::app::router().layer(bff::response::compression());
    let server = Server::start(router).await;
    let plain = server.get("/responses/versioned").await;
    assert_eq!(
        (plain.header("content-encoding"), plain.header("content-length")),
        (None, Some("2002"))
    );
    let tag = plain.header("etag").unwrap();
    for encoding in ["gzip", "br", "zstd"] {
        let answer =
            server.send(get("/responses/versioned", &[("accept-encoding", encoding)])).await;
        assert_eq!(answer.header("content-encoding"), Some(encoding));
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert_eq!(answer.header("etag"), Some(&*format!("W/{tag}")));
        assert!(answer.body.len() < 200);
        let weak = answer.header("etag").unwrap();
        let again = [("accept-encoding", encoding), ("if-none-match", weak)];
        let again = server.send(get("/responses/versioned", &again)).await;
        again.is(304, "");
        assert_eq!(
            (again.header("etag"), again.header("vary")),
            (Some(weak), Some("accept-encoding"))
        );
        let change = call("PUT /responses/versioned").header("if-match", weak);
        assert_eq!(server.send(change).await.status, 204);
    }
    let small = get("/responses/content/text", &[("accept-encoding", "gzip")]);
    assert_eq!(server.send(small).await.header("content-encoding"), None);
    let range =
        get("/responses/file/digits.txt", &[("accept-encoding", "gzip"), ("range", "bytes=0-1")]);
    server.send(range).await.is(206, "01");
}

#[tokio::test]
async fn rh_397_a_feed_and_a_document_hold_what_users_wrote_as_text() {
    let server = server().await;
    let answer = server.get("/responses/feed").await;
    assert_eq!(answer.header("content-type"), Some("application/rss+xml; charset=utf-8"));
    assert!(answer.text().contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)</title>"));
    let answer = server.get("/responses/xml?a%22=%3C/echo%3E%00").await;
    assert_eq!(answer.header("content-type"), Some("application/xml; charset=utf-8"));
    let expected = "<echo><param name=\"a&quot;\">&lt;/echo&gt;\u{fffd}</param></echo>";
    assert!(answer.text().contains(expected), "{answer:?}");
}
