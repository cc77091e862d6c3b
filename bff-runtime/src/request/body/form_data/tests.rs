use axum::{body::Body, extract::DefaultBodyLimit};
use http::header::CONTENT_TYPE;
use serde_json::Value;
use tower::{Layer, ServiceExt};

use super::*;
use crate::{RequestExt, axum, request::Multipart};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=X";

fn request(content_type: &str, body: impl Into<Body>) -> Request {
    let builder = ::http::Request::post("/").header(CONTENT_TYPE, content_type);
    builder.body(body.into()).unwrap()
}

/// A part, with a file's name or without.
fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: text/x"));
    let file = file.unwrap_or_default();
    format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

fn body(parts: &[String]) -> String {
    parts.concat() + "--X--\r\n"
}

/// The fields in a form that can be compared.
async fn fields(form: &FormData) -> Vec<String> {
    let mut fields = Vec::new();
    for (name, value) in form.iter() {
        fields.push(match value {
            FormValue::Text(text) => format!("{name}={text}"),
            FormValue::File(file) => {
                let bytes = file.bytes().await.unwrap();
                assert_eq!(bytes.len() as u64, file.size());
                let text = String::from_utf8_lossy(&bytes).into_owned();
                format!("{name}={}:{}:{text}", file.name(), file.content_type())
            }
        });
    }
    fields
}

/// The problem that a request is refused with.
async fn refusal(request: Request) -> Value {
    let response =
        axum::response::IntoResponse::into_response(request.form_data().await.unwrap_err());
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// A request as the routes below this layer get it.
async fn below<L>(layer: L, request: Request) -> Request
where
    L: Layer<tower::util::BoxCloneService<Request, Request, std::convert::Infallible>>,
    L::Service: tower::Service<Request, Response = Request>,
    <L::Service as tower::Service<Request>>::Error: std::fmt::Debug,
{
    let inner = tower::service_fn(|request: Request| async { Ok(request) });
    layer.layer(tower::util::BoxCloneService::new(inner)).oneshot(request).await.unwrap()
}

#[tokio::test]
async fn rh_108_rh_109_fields_of_both_kinds_of_forms_are_in_order() {
    let multipart = body(&[
        part("b", None, "2 + 2"),
        part("a", None, "grüße"),
        part("b", None, ""),
        part("f", Some("x.txt"), "content"),
        part("f", Some(""), ""),
    ]);
    for (content_type, body, expected) in [
        (URLENCODED, "b=2+%2B+2&a=gr%C3%BC%C3%9Fe&b=&c", vec!["b=2 + 2", "a=grüße", "b=", "c="]),
        (URLENCODED, "", vec![]),
        (
            MULTIPART,
            &multipart,
            vec!["b=2 + 2", "a=grüße", "b=", "f=x.txt:text/x:content", "f=:text/x:"],
        ),
        (MULTIPART, "--X--", vec![]),
    ] {
        let form = request(content_type, body.to_owned()).form_data().await.unwrap();
        assert_eq!(fields(&form).await, expected);
        assert_eq!((form.len(), form.is_empty()), (expected.len(), expected.is_empty()));
    }
    let form = request(MULTIPART, multipart).form_data().await.unwrap();
    assert_eq!((form.get("b"), form.get("f"), form.get("none")), (Some("2 + 2"), None, None));
    assert_eq!(form.get_all("b").collect::<Vec<_>>(), ["2 + 2", ""]);
    assert_eq!(form.file("f").map(UploadedFile::name), Some("x.txt"));
    assert_eq!((form.files("f").count(), form.files("b").count()), (2, 0));
    assert!(form.has("f") && !form.has("none"));
}

#[tokio::test]
async fn rh_110_v30_other_content_types_are_415_and_malformed_bodies_400() {
    for (content_type, body, status) in [
        ("application/json", "{}", 415),
        ("text/plain", "a=1", 415),
        ("multipart/mixed; boundary=X", "--X--", 415),
        ("", "a=1", 415),
        ("multipart/form-data", "--X--", 400),
        ("multipart/form-data; boundary=", "--X--", 400),
        ("multipart/form-data; boundary=\"\"", "----", 400),
        (&format!("multipart/form-data; boundary={}", "X".repeat(71)), "--X--", 400),
        (MULTIPART, "", 400),
        (MULTIPART, "a=1", 400),
        (MULTIPART, "--X\r\n\r\nx\r\n--X--", 400),
    ] {
        let problem = refusal(request(content_type, body.to_owned())).await;
        assert_eq!(problem["status"], status, "{content_type}: {problem}");
    }
    let longest = format!("multipart/form-data; boundary={}", "X".repeat(70));
    let form = request(&longest, format!("--{}--", "X".repeat(70))).form_data().await.unwrap();
    assert!(form.is_empty());
}

#[tokio::test]
async fn rh_109_each_limit_lets_its_number_through_and_no_more() {
    let both = body(&[part("text", None, "12345"), part("file", Some("x"), "1234567")]);
    let total = both.len() as u64;
    // The longer head of the two.
    let head = part("file", Some("x"), "").len() - "--X\r\n".len() - "\r\n".len();
    let limits = FormLimits::new();
    for (passes, refuses, pointer) in [
        (limits.field(5), limits.field(4), Some("/text")),
        (limits.file(7), limits.file(6), Some("/file")),
        (limits.parts(2), limits.parts(1), None),
        (limits.part_headers(2, 8192), limits.part_headers(1, 8192), None),
        (limits.part_headers(20, head), limits.part_headers(20, head - 1), None),
        (limits.total(total), limits.total(total - 1), None),
    ] {
        let with = |limits: FormLimits| {
            let mut request = request(MULTIPART, both.clone());
            request.extensions_mut().insert(limits);
            request
        };
        let form = with(passes).form_data().await.expect("the limit itself passes");
        assert_eq!(form.len(), 2, "{passes:?}");
        let problem = refusal(with(refuses)).await;
        assert_eq!(problem["status"], 413, "{refuses:?}: {problem}");
        assert_eq!(problem["errors"][0]["pointer"].as_str(), pointer, "{refuses:?}: {problem}");
    }
}

#[tokio::test]
async fn rh_114_the_defaults_are_what_their_table_says() {
    let sized = |file: Option<&str>, bytes: usize| body(&[part("a", file, &"x".repeat(bytes))]);
    let around = sized(None, 0).len();
    let file_around = sized(Some("f"), 0).len();
    let many = |parts: usize| body(&vec![part("a", None, ""); parts]);
    const MIB: usize = 1024 * 1024;
    for (body, passes) in [
        (sized(None, MIB), true),
        (sized(None, MIB + 1), false),
        (sized(Some("f"), 2 * MIB - file_around), true),
        (sized(Some("f"), 2 * MIB - file_around + 1), false),
        (many(100), true),
        (many(101), false),
        (many(34_000), false),
    ] {
        assert!(around < file_around);
        let status =
            request(MULTIPART, body).form_data().await.map_err(|error| error.status().as_u16());
        assert_eq!(status.map(drop), if passes { Ok(()) } else { Err(413) });
    }
}

#[tokio::test]
async fn rh_114_the_limit_of_the_route_holds_and_a_total_takes_its_place() {
    let form = body(&[part("a", None, "12345")]);
    let length = form.len();
    for (limit, total, passes) in [
        (length, None, true),
        (length - 1, None, false),
        (1, Some(length as u64), true),
        (length, Some(length as u64 - 1), false),
    ] {
        let mut request =
            below(DefaultBodyLimit::max(limit), request(MULTIPART, form.clone())).await;
        if let Some(total) = total {
            request.extensions_mut().insert(FormLimits::new().total(total));
        }
        let status = request.form_data().await.map_err(|error| error.status().as_u16());
        assert_eq!(status.map(drop), if passes { Ok(()) } else { Err(413) }, "{limit} {total:?}");
    }
}

#[tokio::test]
async fn rh_109_a_large_file_is_on_disk_and_a_small_one_in_memory() {
    for (bytes, on_disk) in [(0, false), (64 * 1024, false), (64 * 1024 + 1, true), (300_000, true)]
    {
        let content: String = ('a'..='z').cycle().take(bytes).collect();
        // Small chunks, as from a network.
        let body = body(&[part("f", Some("../x.txt"), &content), part("after", None, "it")]);
        let chunks: Vec<_> = body
            .as_bytes()
            .chunks(1000)
            .map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec()))
            .collect();
        let body = Body::from_stream(futures_util::stream::iter(chunks));
        let form = request(MULTIPART, body).form_data().await.unwrap();
        let file = form.file("f").unwrap();
        assert_eq!((file.size(), file.is_on_disk()), (bytes as u64, on_disk));
        assert_eq!(file.safe_file_name().as_deref(), Some("x.txt"));
        // It can be read as often as wanted.
        for _ in 0..2 {
            assert_eq!(file.bytes().await.unwrap(), content);
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("saved");
        file.save(&path).await.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        assert_eq!(file.save(&path).await.unwrap_err().status(), 500, "nothing is overwritten");
        assert_eq!(form.get("after"), Some("it"));
    }
}

#[tokio::test]
async fn rh_109_rh_116_a_stream_of_parts_holds_nothing_and_skips_what_is_not_read() {
    let body = body(&[
        part("a", Some("x"), &"y".repeat(100_000)),
        part("b", None, "it"),
        part("c", None, "end"),
    ]);
    let request = request(MULTIPART, body);
    let mut multipart = <Multipart>::from_request(request, &()).await.unwrap();
    let mut part = multipart.next_part().await.unwrap().unwrap();
    assert_eq!(
        (part.name(), part.file_name(), part.content_type()),
        ("a", Some("x"), Some("text/x"))
    );
    assert!(part.chunk().await.unwrap().is_some());
    let part = multipart.next_part().await.unwrap().unwrap();
    assert_eq!((part.name(), part.file_name(), part.content_type()), ("b", None, None));
    assert_eq!(part.text().await.unwrap(), "it");
    let part = multipart.next_part().await.unwrap().unwrap();
    assert_eq!(part.headers().len(), 1);
    assert_eq!(part.bytes().await.unwrap(), "end");
    for _ in 0..2 {
        assert!(multipart.next_part().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_form_that_was_refused_stays_refused() {
    let body = body(&[part("a", None, "12345"), part("b", None, "1")]);
    let mut request = request(MULTIPART, body);
    request.extensions_mut().insert(FormLimits::new().field(4));
    let mut multipart = <Multipart>::from_request(request, &()).await.unwrap();
    let mut part = multipart.next_part().await.unwrap().unwrap();
    assert_eq!(part.chunk().await.unwrap_err().status(), 413);
    assert_eq!(part.chunk().await.unwrap_err().status(), 400);
    assert_eq!(multipart.next_part().await.unwrap_err().status(), 400);
}
