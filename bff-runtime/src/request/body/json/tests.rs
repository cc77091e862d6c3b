use std::{io::Write as _, path::PathBuf};

use http::header::CONTENT_TYPE;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::*;
use crate::RequestExt;

fn request(content_type: &str, body: impl Into<axum::body::Body>) -> Request {
    let builder = http::Request::post("/").header(CONTENT_TYPE, content_type);
    builder.body(body.into()).unwrap()
}

/// With the default limits.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    super::parse(bytes, JsonLimits::new(), &Words::default())
}

/// The problem that a body is refused with.
fn refusal<T: DeserializeOwned>(body: impl AsRef<[u8]>) -> Value {
    match parse::<T>(body.as_ref()) {
        Ok(_) => panic!("accepted"),
        Err(problem) => serde_json::to_value(&*problem).unwrap(),
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what is parsed is not looked at")]
struct Post {
    title: String,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    shape: Option<Shape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what is parsed is not looked at")]
struct Tag {
    #[serde(rename = "na/me")]
    name: String,
    rank: u8,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "what is parsed is not looked at")]
enum Shape {
    Circle { radius: f32 },
    Pair(u8, u8),
    Empty,
}

#[tokio::test]
async fn rh_106_v28_v29_bad_syntax_is_400_and_says_where() {
    for (body, line, column) in [
        ("{bad", 1, 2),
        ("{\"a\":\n  1,}", 2, 5),
        ("{} {}", 1, 4),
        ("[1]]", 1, 4),
        ("{\"a\": 1", 1, 7),
        (" ", 1, 1),
        ("\u{0}", 1, 1),
        ("NaN", 1, 1),
        ("'a'", 1, 1),
        ("{\"a\":1}x", 1, 8),
    ] {
        let problem = refusal::<Value>(body);
        assert_eq!(problem["status"], 400, "{body}");
        assert_eq!(problem["line"], line, "{body}: {problem}");
        assert_eq!(problem["column"], column, "{body}: {problem}");
    }
    // What does not fit comes before what is broken, and the break is what is told.
    for body in [r#"{"title": 1, "x": }"#, "[[[[", r#"{"title": "a", "title": "b""#] {
        assert_eq!(refusal::<Post>(body)["status"], 400, "{body}");
    }
    for body in ["", "\u{feff}"] {
        let problem = refusal::<Value>(body);
        assert_eq!(problem["status"], 400);
        assert_eq!(problem["detail"], "the body is empty, JSON was expected");
    }
}

#[test]
fn rh_106_utf_16_is_no_json_and_a_mark_of_utf_8_is_passed_over() {
    let utf_16: Vec<u8> = "{\"a\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [&b"\xFF\xFE"[..], &utf_16].concat();
    for body in [utf_16, marked] {
        assert_eq!(refusal::<Value>(body)["status"], 400);
    }
    assert_eq!(parse::<Value>(b"\xEF\xBB\xBF[1]").unwrap(), json!([1]));
    assert_eq!(refusal::<String>(b"\"\xFF\"")["status"], 400);
}

#[test]
fn rh_106_a_value_of_the_wrong_kind_is_422_and_is_pointed_to() {
    for (body, status, pointer, code, detail) in [
        (json!({}), 422, "/title", "missing", "the field is missing"),
        (
            json!({"title": 1}),
            422,
            "/title",
            "wrong_type",
            "the value has the wrong type; expected a string",
        ),
        (json!([]), 422, "", "wrong_length", "the value has the wrong length; expected an object"),
        (json!("x"), 422, "", "wrong_type", "the value has the wrong type; expected an object"),
        (
            json!({"title": "", "tags": [{"na/me": "", "rank": 1}, {"na/me": "", "rank": 300}]}),
            422,
            "/tags/1/rank",
            "not_allowed",
            "the value is not allowed; expected a whole number from 0 to 255",
        ),
        (
            json!({"title": "", "tags": [{"na/me": null, "rank": 1}]}),
            422,
            "/tags/0/na~1me",
            "wrong_type",
            "the value has the wrong type; expected a string",
        ),
        (
            json!({"title": "", "tags": [{"na/me": "", "rank": 1, "x`": 1}]}),
            422,
            "/tags/0/x`",
            "unknown_field",
            "the field is unknown; expected na/me or rank",
        ),
        (
            json!({"title": "", "tags": [{"rank": 1}]}),
            422,
            "/tags/0/na~1me",
            "missing",
            "the field is missing",
        ),
        (
            json!({"title": "", "tags": {}}),
            422,
            "/tags",
            "wrong_type",
            "the value has the wrong type; expected an array",
        ),
        (
            json!({"title": "", "shape": "square"}),
            422,
            "/shape",
            "not_allowed",
            "the value is not allowed; expected one of circle, pair, empty",
        ),
        (
            json!({"title": "", "shape": {"circle": {"radius": "x"}}}),
            422,
            "/shape/circle/radius",
            "wrong_type",
            "the value has the wrong type; expected a number",
        ),
        (
            json!({"title": "", "shape": {"pair": [1]}}),
            422,
            "/shape/pair",
            "wrong_length",
            "the value has the wrong length",
        ),
    ] {
        let problem = refusal::<Post>(body.to_string());
        let found = (&problem["status"], &problem["errors"]);
        let errors = json!([{ "pointer": pointer, "code": code, "detail": detail }]);
        assert_eq!(found, (&json!(status), &errors), "{body}");
        let text = problem.to_string();
        for name in ["Post", "Tag", "Shape", "struct", "enum", "u8", "f32"] {
            assert!(!text.contains(name), "{text}");
        }
    }
    let twice = refusal::<Post>(r#"{"title": "a", "title": "b"}"#);
    assert_eq!((&twice["status"], &twice["errors"][0]["pointer"]), (&json!(400), &json!("/title")));
}

#[tokio::test]
async fn security_25_security_29_the_depth_of_json_has_an_exact_limit() {
    let arrays = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    // What is passed over counts as well.
    let unknown = |depth: usize| format!(r#"{{"title": "", "x": {}}}"#, arrays(depth - 1));
    for limit in [None, Some(1), Some(8), Some(127)] {
        let depth = limit.unwrap_or(64);
        let status = |body: String| async move {
            let mut request = request("application/json", body);
            if let Some(limit) = limit {
                request.extensions_mut().insert(JsonLimits::new().depth(limit));
            }
            request.json::<Value>().await.map_or_else(|problem| problem.status().as_u16(), |_| 200)
        };
        assert_eq!(status(arrays(depth)).await, 200, "{limit:?}");
        assert_eq!(status(objects(depth)).await, 200, "{limit:?}");
        assert_eq!(status(arrays(depth + 1)).await, 400, "{limit:?}");
        assert_eq!(status(objects(depth + 1)).await, 400, "{limit:?}");
    }
    assert!(parse::<Post>(unknown(64).as_bytes()).is_ok());
    for body in [unknown(65), arrays(65), arrays(100_000), "[".repeat(100_000)] {
        let problem = refusal::<Post>(body);
        assert_eq!((&problem["status"], &problem["limit"]), (&json!(400), &json!(64)));
        assert_eq!(problem["detail"], "the body is nested deeper than 64 levels");
    }
    let limits = JsonLimits::new().depth(usize::MAX);
    let at_most =
        |depth| super::parse::<Value>(arrays(depth).as_bytes(), limits, &Words::default());
    assert!(at_most(127).is_ok());
    let problem = serde_json::to_value(&*at_most(128).unwrap_err()).unwrap();
    assert_eq!((&problem["status"], &problem["limit"]), (&json!(400), &json!(127)));
}

#[tokio::test]
async fn rh_106_the_content_type_is_checked_before_the_body_is_read() {
    let untouched = || {
        axum::body::Body::from_stream(futures_util::stream::poll_fn(
            |_| -> std::task::Poll<Option<Result<axum::body::Bytes, std::io::Error>>> {
                panic!("the body was read")
            },
        ))
    };
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""]
    {
        let error = request(content_type, untouched()).json::<Value>().await.unwrap_err();
        assert_eq!(error.status(), 415, "{content_type}");
    }
    for content_type in ["application/json", "application/vnd.api+json; charset=utf-8"] {
        assert_eq!(request(content_type, "[1]").json::<Value>().await.unwrap(), json!([1]));
    }
}

/// A small table of our own, for where the public vectors are not at hand.
const OWN: &[(&str, &str)] = &[
    ("y_array_empty", "[]"),
    ("y_number_huge_exp", "1E22"),
    ("y_object_duplicated_key", r#"{"a":"b","a":"c"}"#),
    ("y_string_pair", r#""\uD83D\uDE00""#),
    ("n_array_trailing_comma", "[1,]"),
    ("n_number_leading_zero", "[012]"),
    ("n_number_plus", "[+1]"),
    ("n_object_no_quotes", "{a: 1}"),
    ("n_string_tab", "[\"\t\"]"),
    ("n_structure_comment", "[1] /* */"),
    ("n_structure_open", "[[[["),
    ("i_string_lone_surrogate", r#"["\uD83D"]"#),
    ("i_number_too_large", "[1e999]"),
];

/// JSONTestSuite, when `BFF_VECTORS` names the folder of the public vectors, and the own table always.
#[test]
fn rh_106_the_public_vectors_for_json_are_accepted_and_refused_as_they_say() {
    let mut vectors: Vec<(String, Vec<u8>)> =
        OWN.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    if let Some(folder) = std::env::var_os("BFF_VECTORS") {
        let folder = PathBuf::from(folder).join("json/test_parsing");
        let before = vectors.len();
        for entry in std::fs::read_dir(&folder).expect("the vectors are where BFF_VECTORS says") {
            let entry = entry.unwrap();
            vectors.push((
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            ));
        }
        assert!(vectors.len() >= before + 300, "not all vectors are there");
    } else {
        let said =
            writeln!(std::io::stderr(), "BFF_VECTORS is not set: only the own vectors are run");
        assert!(said.is_ok());
    }
    for (name, text) in vectors {
        let status = match parse::<Value>(&text) {
            Ok(_) => 200,
            Err(problem) => problem.status().as_u16(),
        };
        match &name[..2] {
            "y_" => assert_eq!(status, 200, "{name}"),
            "n_" => assert_eq!(status, 400, "{name}"),
            "i_" => assert!(matches!(status, 200 | 400), "{name}"),
            _ => panic!("{name}"),
        }
    }
}

proptest! {
    #[test]
    fn rh_106_any_bytes_are_answered_and_the_pointer_is_well_formed(body in ".{0,60}", key in ".{0,8}") {
        let _ = parse::<Value>(body.as_bytes());
        let body = json!({"title": "", "tags": [{"na/me": "", "rank": 1, key: body}]});
        if let Err(problem) = parse::<Post>(body.to_string().as_bytes()) {
            let problem = serde_json::to_value(&*problem).unwrap();
            let pointer = problem["errors"][0]["pointer"].as_str().unwrap();
            prop_assert!(body.pointer(pointer).is_some(), "{} in {}", pointer, body);
        }
    }
}
