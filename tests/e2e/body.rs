//! Section 5 of the spec: bodies of requests, how they are read and refused.

use bff::{
    axum::{Extension, extract::DefaultBodyLimit},
    request::FormLimits,
};

use crate::{
    apps::rows,
    support::{Answer, Call, Connection, Server, call, within},
};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=X";

/// The default limit of axum, which is ours.
const LIMIT: usize = 2 * 1024 * 1024;

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

fn post(path: &str, content_type: &str, body: &str) -> Call {
    call(&format!("POST /body/{path}")).header("Content-Type", content_type).body(body)
}

/// A part, with a file's name or without.
fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

#[tokio::test]
async fn rh_106_rh_392_json_is_read_and_what_is_none_is_refused() {
    let server = server().await;
    let answer = server.send(post("json", "application/vnd.api+json", r#"{"title":"é"}"#)).await;
    answer.is(200, r#"["you sent",{"title":"é","tags":[]}]"#);
    for (name, content_type, body, status, pointer) in [
        ("V28", JSON, "{bad", 400, None),
        ("V29", JSON, "", 400, None),
        ("trailing", JSON, r#"{"title":""} {}"#, 400, None),
        ("deep", JSON, &"[".repeat(10_000), 400, None),
        ("twice", JSON, r#"{"title":"","title":""}"#, 400, Some("/title")),
        ("type", "text/plain", r#"{"title":""}"#, 415, None),
        ("charset", "application/json; charset=utf-16", "{}", 415, None),
        ("missing", JSON, "{}", 422, Some("/title")),
        ("kind", JSON, r#"{"title":"","tags":["a",1]}"#, 422, Some("/tags/1")),
    ] {
        let answer = server.send(post("json", content_type, body)).await;
        let problem = answer.problem(status);
        assert_eq!(problem["errors"][0]["pointer"].as_str(), pointer, "{name}: {problem}");
        assert!(!answer.text().contains("Post"), "{name}: {problem}");
    }
}

#[tokio::test]
async fn rh_107_text_is_what_a_browser_decodes() {
    let server = server().await;
    let mut request =
        b"POST /body/text HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n"
            .to_vec();
    request.extend_from_slice(b"\xEF\xBB\xBFa\xFFb");
    crate::support::raw(server.addr, request).await.is(200, "a\u{fffd}b");
    server.send("POST /body/text").await.is(200, "");
}

#[tokio::test]
async fn rh_112_rh_113_a_body_is_there_unless_the_method_is_get_or_head() {
    let server = server().await;
    for (method, text) in
        [("GET", ""), ("DELETE", "it"), ("PUT", "it"), ("PATCH", "it"), ("POST", "it")]
    {
        server.send(call(&format!("{method} /body/text")).body("it")).await.is(200, text);
    }
    let head = server.send(call("HEAD /body/text").body("it")).await;
    assert_eq!((head.status, head.header("content-length")), (200, Some("0")));
}

#[tokio::test]
async fn rh_094_rh_394_a_body_is_read_twice() {
    let answer = server().await.send(post("tee", JSON, r#"{"a":1}"#)).await;
    answer.is(200, r#"["{\"a\":1}",{"a":1}]"#);
}

#[tokio::test]
async fn rh_108_rh_393_a_typed_form_is_read_and_what_does_not_fit_is_refused() {
    let server = server().await;
    let form = "email=me%40x.org&message=hi+there&topic=a&topic=b";
    let expected = r#""me@x.org writes hi there about [\"a\", \"b\"]""#;
    server.send(post("form", FORM, form)).await.is(200, expected);
    server.get(&format!("/body/form?{form}")).await.is(200, expected);
    let broken = server.send(post("form", FORM, "email=x&message=break")).await;
    broken.is(500, "the mail was not sent");
    let problem = server.send(post("form", FORM, "email=x")).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "/message");
    server.send(post("form", JSON, "{}")).await.problem(415);
}

#[tokio::test]
async fn rh_108_rh_109_rh_110_form_data_takes_both_kinds_and_refuses_others() {
    let server = server().await;
    let parts =
        part("b", None, "1") + &part("f", Some("../x.txt"), "12345") + &part("b", None, "2");
    let multipart = parts.clone() + "--X--\r\n";
    for (content_type, body, expected) in [
        (FORM, "b=2&a=x+y&b=1", r#"["b=2","a=x y","b=1"]"#),
        (
            MULTIPART,
            &multipart,
            r#"["b=1","f=Some(\"x.txt\"), application/octet-stream, 5 bytes","b=2"]"#,
        ),
    ] {
        server.send(post("form-data", content_type, body)).await.is(200, expected);
    }
    for (name, content_type, body, status) in [
        ("V30", JSON, "{}", 415),
        ("no type", "", "a=1", 415),
        ("no boundary", "multipart/form-data", &*multipart, 400),
        ("another boundary", "multipart/form-data; boundary=Y", &*multipart, 400),
        ("cut", MULTIPART, &*parts, 400),
        ("bomb", MULTIPART, &(part("a", None, "").repeat(34_000) + "--X--"), 413),
        ("fields", FORM, &"a=1&".repeat(1001), 413),
    ] {
        let problem = server.send(post("form-data", content_type, body)).await.problem(status);
        assert!(problem["detail"].is_string(), "{name}: {problem}");
    }
}

/// The head of a request with these lines.
fn head(path: &str, lines: &str) -> String {
    format!("POST /body/{path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n")
}

/// Sends as much of a body as the server takes, and reads the answer.
async fn upload(server: &Server, head: String, chunks: &[Vec<u8>]) -> Answer {
    let mut connection = Connection::open(server.addr).await;
    connection.send(head).await;
    for chunk in chunks {
        if connection.try_send(chunk).await.is_err() {
            break;
        }
    }
    connection.answer("POST").await
}

#[tokio::test]
async fn rh_114_the_limit_holds_for_every_reader_announced_or_not() {
    let server = server().await;
    for (path, content_type) in [
        ("json", JSON),
        ("text", JSON),
        ("bytes", JSON),
        ("tee", JSON),
        ("form", FORM),
        ("form-data", FORM),
        ("form-data", MULTIPART),
        ("multipart", MULTIPART),
    ] {
        let mut start = match content_type {
            MULTIPART => part("f", Some("f"), "").into_bytes(),
            _ => Vec::new(),
        };
        start.resize(LIMIT + 1, b' ');
        let announced =
            format!("Content-Type: {content_type}\r\nContent-Length: {}\r\n", start.len());
        upload(&server, head(path, &announced), &[start.clone()]).await.problem(413);
        let chunked = format!("Content-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n");
        let mut body = format!("{:x}\r\n", start.len()).into_bytes();
        body.extend_from_slice(&start);
        upload(&server, head(path, &chunked), &[body, b"\r\n0\r\n\r\n".to_vec()])
            .await
            .problem(413);
    }
}

#[tokio::test]
async fn rh_116_rh_120_v47_an_upload_within_the_limit_arrives_whole() {
    let app = rows::app::router().layer(DefaultBodyLimit::max(12_000_000));
    let server = Server::start(app).await;
    let chunks = vec![vec![b'x'; 1_000_000]; 12];
    for path in ["bytes", "raw"] {
        let answer = upload(&server, head(path, "Content-Length: 12000000\r\n"), &chunks).await;
        assert!(answer.text().starts_with("12000000 bytes"), "{answer:?}");
    }
    let answer = upload(&server, head("bytes", "Content-Length: 12000001\r\n"), &chunks).await;
    answer.problem(413);
}

#[tokio::test]
async fn rh_117_an_unread_body_disturbs_neither_the_answer_nor_the_next_request() {
    let server = server().await;
    // A small one, after which the connection goes on.
    let mut connection = Connection::open(server.addr).await;
    for method in ["POST", "GET", "DELETE"] {
        let request =
            format!("{method} /body/unread HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n");
        connection.send(request + "GET /nowhere HTTP/1.1\r\nX: yz\r\n\r\n"[..30].as_ref()).await;
        connection.answer(method).await.is(200, "not read");
    }
    // A large one, which is still being sent when the answer is there.
    for (path, status) in [("unread", 200), ("text", 413)] {
        let mut connection = Connection::open(server.addr).await;
        connection.send(head(path, "Content-Length: 12000000\r\n")).await;
        for _ in 0..12 {
            connection.send(vec![b'x'; 1_000_000]).await;
        }
        assert_eq!(connection.answer("POST").await.status, status, "{path}");
        connection.send("GET /body/unread HTTP/1.1\r\nHost: x\r\n\r\n").await;
        connection.answer("GET").await.is(200, "not read");
    }
}

#[tokio::test]
async fn rh_118_a_client_that_asks_before_it_sends_is_told_to_when_the_body_is_read() {
    let server = server().await;
    // Too large, and not wanted: the answer comes instead of 100.
    for (path, length, status) in [("text", 12_000_000, 413), ("json", 1, 415), ("unread", 5, 200)]
    {
        let lines = format!("Expect: 100-continue\r\nContent-Length: {length}\r\n");
        let answer = upload(&server, head(path, &lines), &[]).await;
        assert_eq!(answer.status, status, "{path}: {answer:?}");
    }
    let mut connection = Connection::open(server.addr).await;
    connection.send(head("text", "Expect: 100-continue\r\nContent-Length: 2\r\n")).await;
    let (status, _) = connection.head().await.expect("a head");
    assert_eq!(status, 100);
    connection.send("it").await;
    connection.answer("POST").await.is(200, "it");
}

#[tokio::test]
async fn rh_119_a_compressed_body_is_read_as_it_was_sent() {
    let lines = "Content-Encoding: gzip\r\nContent-Length: 4\r\n";
    let answer =
        upload(&server().await, head("bytes", lines), &[b"\x1f\x8b\x08\x00".to_vec()]).await;
    answer.is(200, "4 bytes, Some(\"gzip\"), [1f, 8b]");
}

#[tokio::test]
async fn rh_121_rh_399_a_webhook_sees_the_exact_bytes_first() {
    let server = server().await;
    let body = "{ \"id\" :7}";
    let sum: u32 = body.bytes().map(u32::from).sum();
    let signed =
        |body: &str| post("webhook", "text/plain", body).header("X-Signature", &sum.to_string());
    server.send(signed(body)).await.is(200, "event 7");
    let problem = server.send(signed("{\"id\":7}")).await.problem(400);
    assert_eq!(problem["detail"], "the signature is wrong");
}

#[tokio::test]
async fn rh_109_a_large_multipart_body_is_streamed_through() {
    const CHUNKS: usize = 64;
    let limits = FormLimits::new().total(1 << 30);
    let server = Server::start(rows::app::router().layer(Extension(limits))).await;
    let start = part("a", Some("large"), "").into_bytes();
    let start = start[..start.len() - 2].to_vec();
    let end = b"\r\n--X--\r\n".to_vec();
    let length = start.len() + end.len() + CHUNKS * 1024 * 1024;
    let lines = format!("Content-Type: {MULTIPART}\r\nContent-Length: {length}\r\n");
    let mut chunks = vec![start];
    chunks.resize(CHUNKS + 1, vec![b'\r'; 1024 * 1024]);
    chunks.push(end);
    let answer = within("the upload", upload(&server, head("multipart", &lines), &chunks)).await;
    answer.is(200, &format!("1 parts, {} bytes", CHUNKS * 1024 * 1024));
}
