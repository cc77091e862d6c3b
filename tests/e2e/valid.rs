//! Validation: bodies, forms, queries and paths that are held to rules before a handler sees them.

use std::{io::Write as _, path::PathBuf};

use bff::{
    axum::Extension,
    request::{FormLimits, JsonLimits},
    valid::Wording,
};
use serde_json::{Value, json};

use crate::{
    apps::rows,
    support::{Answer, Call, Connection, Server, call, raw},
};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=X";

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

fn post(path: &str, content_type: &str, body: &str) -> Call {
    call(&format!("POST /valid/{path}")).header("Content-Type", content_type).body(body)
}

/// A part, with a file's name or without.
fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

/// Pointer, code and detail of each failure.
fn errors<const N: usize>(expected: [(&str, &str, &str); N]) -> Value {
    let error =
        |(pointer, code, detail)| json!({ "pointer": pointer, "code": code, "detail": detail });
    Value::Array(expected.map(error).into())
}

#[tokio::test]
async fn all_failures_of_a_body_are_answered_at_once() {
    let server = server().await;
    let body = r#"{"shortTitle":"é","authors":[{"emailAddress":"a@b.example"}],"stars":5}"#;
    let answer = server.send(post("json", "application/vnd.api+json", body)).await;
    answer.is(200, r#"é by ["a@b.example"], 5 stars"#);
    let body = r#"{"shortTitle":"longer","authors":[{"emailAddress":"a@b.example"},{"emailAddress":"me"}],"stars":0}"#;
    let problem = server.send(post("json", JSON, body)).await.problem(422);
    let expected = errors([
        ("/authors/1/emailAddress", "email", "not a valid email: value is missing `@`"),
        ("/shortTitle", "length", "length is greater than 5"),
        ("/stars", "range", "lower than 1"),
    ]);
    assert_eq!(problem["errors"], expected);
    for (body, status, pointer, code) in [
        ("{}", 422, "/shortTitle", "missing"),
        (r#"{"short_title":""}"#, 422, "/short_title", "unknown_field"),
        (r#"{"shortTitle":"","stars":"1"}"#, 422, "/stars", "wrong_type"),
        (r#"{"shortTitle":"","stars":256}"#, 422, "/stars", "not_allowed"),
        (r#"{"stars":1,"stars":1}"#, 400, "/stars", "duplicate"),
    ] {
        let answer = server.send(post("json", JSON, body)).await;
        let problem = answer.problem(status);
        let error = &problem["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{body}");
        assert!(!answer.text().contains("Post") && !answer.text().contains("u8"), "{problem}");
    }
}

#[tokio::test]
async fn forms_and_queries_are_validated_alike() {
    let server = server().await;
    let form = "email=a%40b.example&message=hi+there";
    server.send(post("form", FORM, form)).await.is(200, "a@b.example writes hi there");
    let problem = server.send(post("form", FORM, "email=a&message=%C3%A9")).await.problem(422);
    let expected = errors([
        ("/email", "email", "not a valid email: value is missing `@`"),
        ("/message", "length", "length is lower than 2"),
    ]);
    assert_eq!(problem["errors"], expected);
    server.get("/valid/query?page=2&per-page=100").await.is(200, "GET 2 of 100");
    let problem = server.get("/valid/query?page=0&per-page=101").await.problem(422);
    let expected =
        errors([("/page", "range", "lower than 1"), ("/per-page", "range", "greater than 100")]);
    assert_eq!(problem["errors"], expected);
    let problem = server.get("/valid/query?page=x").await.problem(400);
    let expected = errors([("/page", "wrong_type", "the value is not a whole number")]);
    assert_eq!(problem["errors"], expected);
}

#[tokio::test]
async fn a_multipart_form_is_validated_with_its_files() {
    let server = server().await;
    let form = |title: &str, price: &str, content: &str| {
        let parts = part("picture", Some("p.png"), content) + &part("title", None, title);
        post("multipart", MULTIPART, &(parts + &part("price", None, price) + "--X--\r\n"))
    };
    let answer = server.send(form("chair", "", "12345678")).await;
    answer.is(200, "chair for None: p.png is 12345678");
    let problem = server.send(form("ch", "1001", "123456789")).await.problem(422);
    let expected = errors([
        ("/picture", "too_large", "larger than 8 bytes"),
        ("/price", "range", "greater than 1000"),
        ("/title", "length", "length is lower than 3"),
    ]);
    assert_eq!(problem["errors"], expected);
    let no_picture = part("title", None, "chair") + &part("picture", Some(""), "") + "--X--\r\n";
    let problem = server.send(post("multipart", MULTIPART, &no_picture)).await.problem(422);
    assert_eq!(problem["errors"], errors([("/picture", "missing", "the field is missing")]));
    server.send(post("multipart", FORM, "title=chair")).await.problem(415);
}

#[tokio::test]
async fn a_path_is_validated_and_no_type_of_rust_is_named() {
    let server = server().await;
    server.get("/valid/path/40").await.is(200, "seat 40");
    let problem = server.get("/valid/path/41").await.problem(422);
    assert_eq!(problem["errors"], errors([("/number", "range", "greater than 40")]));
    for (path, code, detail) in [
        (
            "forty",
            "wrong_type",
            "the value has the wrong type; expected a whole number from 0 to 255",
        ),
        (
            "256",
            "wrong_type",
            "the value has the wrong type; expected a whole number from 0 to 255",
        ),
    ] {
        let problem = server.get(&format!("/valid/path/{path}")).await.problem(400);
        assert_eq!(problem["errors"], errors([("/number", code, detail)]), "{path}");
    }
}

/// A head after which no body comes.
async fn head_alone(server: &Server, content_type: &str, length: usize) -> Answer {
    let mut connection = Connection::open(server.addr).await;
    let head = format!(
        "POST /valid/json HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
    );
    connection.send(head).await;
    connection.answer("POST").await
}

#[tokio::test]
async fn security_30_type_and_size_are_checked_before_a_body_is_asked_for() {
    let server = server().await;
    head_alone(&server, "text/plain", 10).await.problem(415);
    let problem = head_alone(&server, JSON, 4097).await.problem(413);
    assert_eq!(problem["limit"], 4096);
    // The size comes before the syntax, and the limit itself passes.
    for (length, status) in [(4096, 400), (4097, 413)] {
        server.send(post("json", JSON, &"{".repeat(length))).await.problem(status);
    }
}

/// Spellings of the content type under which a reader elsewhere has taken a body for JSON while the check in front of it
/// had not, or the other way round.
const SPELLINGS: [&str; 36] = [
    "application/json",
    "Application/JSON",
    "application/json ",
    "application/json;",
    "application/json; ",
    "application/json;charset=utf-8",
    "application/json; charset=\"utf-8\"",
    "application/json ;charset=UTF-8",
    "application/json\t;charset=utf-8",
    "application/vnd.api+json",
    "application/problem+json; a=\"b;c\"",
    "application/json; charset=utf-16",
    "application/json; charset=utf-7",
    "application/json; charset=utf-8; charset=utf-16",
    "application/json; charset",
    "application/json; charset=",
    "application/json; =utf-8",
    "application/json; charset=\"utf-8",
    "application/json;;;",
    "application/json,text/plain",
    "application/json, application/json",
    "text/plain, application/json",
    "text/plain; application/json",
    "text/plain;application/json",
    "application/json text/plain",
    "application/jsonx",
    "application/+json",
    "application/json+xml",
    "application//json",
    "application/ json",
    "application /json",
    "/json",
    "json",
    "*/*",
    "text/json",
    "application/x-www-form-urlencoded",
];

#[tokio::test]
async fn security_30_no_spelling_of_the_content_type_leads_past_the_rules() {
    let server = server().await;
    let mut refused = 0;
    for spelling in SPELLINGS {
        let right = server.send(post("any", spelling, "\"allowed\"")).await;
        let wrong = server.send(post("any", spelling, "\"forbidden\"")).await;
        match right.status {
            200 => assert_eq!(wrong.problem(422)["errors"][0]["code"], "forbidden", "{spelling}"),
            _ => {
                right.problem(415);
                wrong.problem(415);
                refused += 1;
            }
        }
    }
    assert!(refused >= 20, "{refused}");
    let twice = post("any", JSON, "\"forbidden\"").header("Content-Type", JSON);
    server.send(twice).await.problem(415);
    let without = call("POST /valid/any").body("\"forbidden\"");
    server.send(without).await.problem(415);
}

#[tokio::test]
async fn security_29_what_is_made_to_be_too_much_is_refused() {
    let server = server().await;
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    server.send(post("any", JSON, &nested(64))).await.is(200, &nested(64));
    for depth in [65, 10_000, 100_000] {
        assert_eq!(server.send(post("any", JSON, &nested(depth))).await.problem(400)["limit"], 64);
    }
    let keys: String = (0..1_000_000).map(|key| format!("\"{key:x}\":0,")).collect();
    server.send(post("any", JSON, &format!("{{{keys}\"\":0}}"))).await.problem(413);
    let parts = part("a", None, "").repeat(34_000) + "--X--\r\n";
    server.send(post("multipart", MULTIPART, &parts)).await.problem(413);
    server.send(post("form", FORM, &"a=&".repeat(5_000))).await.problem(413);
    // A target as long as the server takes has room for some thousand.
    let query = |pairs: usize| format!("/valid/query?page=1&per-page=1{}", "&a".repeat(pairs - 2));
    server.get(&query(1000)).await.is(200, "GET 1 of 1");
    assert_eq!(server.get(&query(1001)).await.problem(400)["limit"], 1000);
    let status = server.get(&query(5000)).await.status;
    assert!(matches!(status, 400 | 414 | 431), "{status}");
}

#[tokio::test]
async fn security_25_the_limits_of_a_layer_are_exact() {
    let limits = FormLimits::new().parts(2);
    let app =
        rows::app::router().layer(Extension(JsonLimits::new().depth(2))).layer(Extension(limits));
    let server = Server::start(app).await;
    server.send(post("any", JSON, "[[]]")).await.is(200, "[[]]");
    assert_eq!(server.send(post("any", JSON, "[[[]]]")).await.problem(400)["limit"], 2);
    let two = part("title", None, "chair") + &part("picture", Some("p"), "x");
    server
        .send(post("multipart", MULTIPART, &(two.clone() + "--X--")))
        .await
        .is(200, "chair for None: p is x");
    let three = two + &part("price", None, "1") + "--X--";
    assert_eq!(server.send(post("multipart", MULTIPART, &three)).await.problem(413)["limit"], 2);
}

#[tokio::test]
async fn the_app_has_words_of_its_own() {
    let wording = Wording::new(|failure, languages| {
        let words = match failure.code() {
            "range" => format!("höchstens {}", failure.param("max")?),
            "wrong_type" => "falsch".to_owned(),
            _ => return None,
        };
        languages.starts_with("de").then_some(words)
    });
    let server = Server::start(rows::app::router().layer(Extension(wording))).await;
    for (path, status, detail) in [
        ("path/41", 422, "höchstens 40"),
        ("path/x", 400, "falsch"),
        ("query?page=x", 400, "falsch"),
        ("query?page=1", 400, "the field is missing"),
    ] {
        let german = call(&format!("GET /valid/{path}")).header("Accept-Language", "de-CH");
        let problem = server.send(german).await.problem(status);
        assert_eq!(problem["errors"][0]["detail"], detail, "{path}");
    }
    let problem = server.get("/valid/path/41").await.problem(422);
    assert_eq!(problem["detail"], "/number: greater than 40");
}

/// A small table of our own, for where the public vectors are not at hand.
const OWN: [(&str, &str); 6] = [
    (
        "y_structure_64_levels",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ),
    ("y_string_pair", r#""\uD83D\uDE00""#),
    ("n_array_trailing_comma", "[1,]"),
    ("n_structure_open", "[[[["),
    ("i_string_lone_surrogate", r#"["\uD83D"]"#),
    ("i_number_too_large", "[1e999]"),
];

#[tokio::test]
async fn security_28_the_public_vectors_for_json_are_accepted_and_refused_over_http() {
    let mut vectors: Vec<(String, Vec<u8>)> =
        OWN.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let own = vectors.len();
    if let Some(folder) = std::env::var_os("BFF_VECTORS") {
        let folder = PathBuf::from(folder).join("json/test_parsing");
        for entry in std::fs::read_dir(&folder).expect("the vectors are where BFF_VECTORS says") {
            let entry = entry.expect("an entry of the folder");
            let name = entry.file_name().into_string().expect("a name in ASCII");
            vectors.push((name, std::fs::read(entry.path()).expect("a vector")));
        }
        assert!(vectors.len() >= own + 300, "not all vectors are there");
    } else {
        let said =
            writeln!(std::io::stderr(), "BFF_VECTORS is not set: only the own vectors are run");
        assert!(said.is_ok());
    }
    let server = server().await;
    let (mut accepted, mut refused, mut free) = (0, 0, 0);
    for (name, body) in &vectors {
        let head = format!(
            "POST /valid/any HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let answer = raw(server.addr, [head.into_bytes(), body.clone()].concat()).await;
        match &name[..2] {
            "y_" => {
                assert_eq!(answer.status, 200, "{name}: {answer:?}");
                accepted += 1;
            }
            "n_" => {
                answer.problem(400);
                refused += 1;
            }
            _ => {
                assert!(matches!(answer.status, 200 | 400), "{name}: {answer:?}");
                free += 1;
            }
        }
    }
    println!("{accepted} accepted, {refused} refused, {free} free");
    if vectors.len() > own {
        assert_eq!((accepted, refused, free), (95 + 2, 188 + 2, 35 + 2));
    }
}
