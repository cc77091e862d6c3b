use std::collections::BTreeMap;

use axum::Extension;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::{
    Form, Json, Query,
    request::{Multipart, UploadedFile},
    valid::{Failure, Valid, Validate, Wording},
};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=X";

/// Rules by hand, so that these tests need no validator.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Trip {
    first_day: u32,
    last_day: u32,
    #[serde(default)]
    stops: Vec<String>,
}

impl Validate for Trip {
    fn validate(&self, failures: &mut Failures) {
        if self.last_day < self.first_day {
            let failure = Failure::new("/last_day", "order", "must not be before the first day");
            failures.add(failure.with("min", self.first_day));
        }
        failures.within("stops", |failures| {
            for (index, _) in self.stops.iter().enumerate().filter(|(_, stop)| stop.is_empty()) {
                failures.add(Failure::new(index.to_string(), "length", "must not be empty"));
            }
        });
    }
}

#[tokio::test]
async fn all_failures_are_answered_at_once_in_the_clients_names() {
    let errors = json!([
        { "pointer": "/lastDay", "code": "order", "detail": "must not be before the first day" },
        { "pointer": "/stops/1", "code": "length", "detail": "must not be empty" },
    ]);
    let json = r#"{"firstDay": 2, "lastDay": 1, "stops": ["a", ""]}"#;
    let form = "firstDay=2&lastDay=1&stops=a&stops=";
    let part = |name: &str, value: &str| {
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields = [("firstDay", "2"), ("lastDay", "1"), ("stops", "a"), ("stops", "")];
    let parts = fields.map(|(name, value)| part(name, value)).concat() + "--X--\r\n";
    let mut query = request("", "");
    *query.uri_mut() = format!("/?{form}").parse().unwrap();
    for problem in [
        extracted::<Valid<Json<Trip>>, _>(request(JSON, json)).await.unwrap_err(),
        extracted::<Valid<Form<Trip>>, _>(request(FORM, form)).await.unwrap_err(),
        extracted::<Valid<Multipart<Trip>>, _>(request(MULTIPART, parts)).await.unwrap_err(),
        extracted::<Valid<Query<Trip>>, _>(query).await.unwrap_err(),
    ] {
        assert_eq!((&problem["status"], &problem["errors"]), (&json!(422), &errors));
        let detail = "/lastDay: must not be before the first day; /stops/1: must not be empty";
        assert_eq!(problem["detail"], detail);
    }
    let Valid(Json(trip)): Valid<Json<Trip>> =
        extracted(request(JSON, r#"{"firstDay": 1, "lastDay": 1}"#)).await.unwrap();
    assert_eq!((trip.first_day, trip.last_day), (1, 1));
}

#[tokio::test]
async fn what_the_extractor_refuses_has_the_same_shape() {
    for (content_type, body, status, code, pointer) in [
        (JSON, r#"{"firstDay": 2}"#, 422, Some("missing"), Some("/lastDay")),
        (JSON, r#"{"firstDay": 2, "x": 1}"#, 422, Some("unknown_field"), Some("/x")),
        (JSON, r#"{"firstDay": "2"}"#, 422, Some("wrong_type"), Some("/firstDay")),
        (JSON, r#"{"firstDay": 1, "firstDay": 1}"#, 400, Some("duplicate"), Some("/firstDay")),
        (JSON, "{", 400, None, None),
        ("text/plain", "{}", 415, None, None),
    ] {
        let problem =
            extracted::<Valid<Json<Trip>>, _>(request(content_type, body)).await.unwrap_err();
        let error = &problem["errors"][0];
        let found = (error["code"].as_str(), error["pointer"].as_str());
        assert_eq!((&problem["status"], found), (&json!(status), (code, pointer)), "{body}");
        assert!(!problem.to_string().contains("Trip"), "{problem}");
    }
}

#[tokio::test]
async fn the_apps_words_take_the_place_of_ours_for_every_failure() {
    let wording = Wording::new(|failure, languages| {
        let min = failure.param("min").or(failure.param("expected"));
        let words = format!("{languages} {} {} {min:?}", failure.pointer(), failure.code());
        (failure.code() != "missing").then_some(words)
    });
    let with_wording = |mut request: Request| {
        request.extensions_mut().insert(wording.clone());
        request.headers_mut().insert("accept-language", "de".parse().unwrap());
        request
    };
    for (body, words) in [
        (r#"{"firstDay": 2, "lastDay": 1}"#, "de /lastDay order Some(Number(2))"),
        (
            r#"{"firstDay": {}}"#,
            "de /firstDay wrong_type Some(String(\"a whole number from 0 to 4294967295\"))",
        ),
        (r#"{"firstDay": 1}"#, "the field is missing"),
    ] {
        let request = with_wording(request(JSON, body));
        let problem = extracted::<Valid<Json<Trip>>, _>(request).await.unwrap_err();
        assert_eq!(problem["errors"][0]["detail"], words);
        assert!(problem["detail"].as_str().unwrap().ends_with(words), "{problem}");
    }
    let form = with_wording(request(FORM, "firstDay=x"));
    let problem = extracted::<Valid<Form<Trip>>, _>(form).await.unwrap_err();
    assert_eq!(problem["errors"][0]["detail"], "de /firstDay wrong_type None");
    let mut query = with_wording(request("", ""));
    *query.uri_mut() = "/?firstDay=x".parse().unwrap();
    let problem = extracted::<Query<Trip>, _>(query).await.unwrap_err();
    assert_eq!(problem["errors"][0]["detail"], "de /firstDay wrong_type None");
    let _: Extension<Wording> = Extension(wording);
}

#[tokio::test]
async fn security_29_a_hundred_failures_are_told_and_the_rest_is_counted() {
    for (empty, told, more) in
        [(100, 100, json!(null)), (101, 100, json!(1)), (50_000, 100, json!(49_900))]
    {
        let body = json!({ "firstDay": 1, "lastDay": 1, "stops": vec![""; empty] }).to_string();
        let problem = extracted::<Valid<Json<Trip>>, _>(request(JSON, body)).await.unwrap_err();
        assert_eq!(problem["errors"].as_array().unwrap().len(), told);
        assert_eq!(problem["more"], more);
    }
}

#[derive(Debug, Deserialize)]
struct Listing {
    title: String,
    #[serde(default)]
    tags: Vec<String>,
    price: Option<u32>,
    sold: Option<bool>,
    kind: Option<Kind>,
    note: Option<String>,
    picture: Option<UploadedFile>,
    #[serde(default)]
    pictures: Vec<UploadedFile>,
    #[serde(flatten)]
    more: BTreeMap<String, Anything>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Chair,
    Table,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Anything {
    Text(String),
    File(UploadedFile),
}

/// A part, as a file where there is a file's name.
fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

fn form(parts: &[String]) -> Request {
    request(MULTIPART, parts.concat() + "--X--\r\n")
}

#[tokio::test]
async fn rh_109_a_multipart_form_is_a_type_with_its_files() {
    let Multipart(listing): Multipart<Listing> = extracted(form(&[
        part("pictures", Some("1"), "one"),
        part("title", None, "old chair"),
        part("tags", None, "wood"),
        part("price", None, ""),
        part("sold", None, "on"),
        part("kind", None, "chair"),
        part("note", None, ""),
        part("picture", Some(""), ""),
        part("tags", None, ""),
        part("pictures", Some("2"), "two"),
        part("extra", None, "0"),
        part("attached", Some("3"), "three"),
    ]))
    .await
    .unwrap();
    assert_eq!(
        (&*listing.title, &*listing.tags),
        ("old chair", &["wood".to_owned(), String::new()][..])
    );
    assert_eq!((listing.price, listing.sold, listing.kind), (None, Some(true), Some(Kind::Chair)));
    assert!(listing.note.is_none() && listing.picture.is_none());
    let names: Vec<_> = listing.pictures.iter().map(UploadedFile::name).collect();
    assert_eq!(names, ["1", "2"]);
    assert_eq!(listing.pictures[1].bytes().await.unwrap(), "two");
    assert!(matches!(&listing.more["extra"], Anything::Text(text) if text == "0"));
    assert!(matches!(&listing.more["attached"], Anything::File(file) if file.name() == "3"));
}

/// Without a flattened field, which would keep text for later and parse no numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only refusals are looked at")]
struct Upload {
    file: UploadedFile,
    #[serde(default)]
    number: u8,
    #[serde(default)]
    text: String,
    #[serde(default)]
    numbers: Vec<u8>,
    kind: Option<Kind>,
}

#[tokio::test]
async fn rh_109_a_multipart_form_that_does_not_fit_is_422_and_is_pointed_to() {
    let file = || part("file", Some("f"), "x");
    for (parts, pointer, code, detail) in [
        (vec![], "/file", "missing", "the field is missing"),
        (vec![part("file", Some(""), "")], "/file", "missing", "the field is missing"),
        (
            // A text is never taken for a file, also not one that looks like its place.
            vec![part("file", None, "0"), part("x", Some("f"), "x")],
            "/file",
            "wrong_type",
            "the value has the wrong type; expected a file",
        ),
        (vec![file(), file()], "/file", "duplicate", "the field takes one value"),
        (
            vec![file(), part("text", Some("f"), "x")],
            "/text",
            "wrong_type",
            "the value has the wrong type; expected a string",
        ),
        (
            vec![file(), part("number", Some("f"), "1")],
            "/number",
            "wrong_type",
            "the value has the wrong type; expected a whole number from 0 to 255",
        ),
        (
            vec![file(), part("number", None, "256")],
            "/number",
            "too_large",
            "the number is too large",
        ),
        (
            vec![file(), part("numbers", None, "1"), part("numbers", None, "x")],
            "/numbers/1",
            "wrong_type",
            "the value is not a whole number",
        ),
        (
            vec![file(), part("kind", None, "sofa")],
            "/kind",
            "not_allowed",
            "the value is not allowed; expected chair or table",
        ),
        (
            vec![file(), part("x", None, "")],
            "/x",
            "unknown_field",
            "the field is unknown; expected one of file, number, text, numbers, kind",
        ),
    ] {
        let problem = extracted::<Multipart<Upload>, _>(form(&parts)).await.unwrap_err();
        let expected = json!([{ "pointer": pointer, "code": code, "detail": detail }]);
        assert_eq!((&problem["status"], &problem["errors"]), (&json!(422), &expected));
    }
}

#[tokio::test]
async fn a_file_is_nowhere_but_in_a_multipart_form() {
    for body in ["0", r#""x""#, "null", "{}"] {
        let json = request(JSON, format!(r#"{{"file": {body}}}"#));
        let problem = extracted::<Json<Upload>, _>(json).await.unwrap_err();
        let detail = "the value has the wrong type; expected a file";
        assert_eq!(problem["errors"][0]["detail"], detail, "{body}");
    }
    let problem = extracted::<Form<Upload>, _>(request(FORM, "file=0")).await.unwrap_err();
    assert_eq!(problem["errors"][0]["pointer"], "/file");
}

#[test]
fn a_validated_body_does_not_go_the_way_of_axums_router() {
    use crate::{
        Path,
        routing::{NeedsAxum as _, Probe},
    };
    const {
        assert!(!Probe::<Valid<Json<Trip>>>::NEEDS_AXUM);
        assert!(!Probe::<Valid<Form<Trip>>>::NEEDS_AXUM);
        assert!(!Probe::<Valid<Query<Trip>>>::NEEDS_AXUM);
        assert!(!Probe::<Valid<Multipart<Trip>>>::NEEDS_AXUM);
        assert!(!Probe::<Multipart<Trip>>::NEEDS_AXUM && !Probe::<Multipart>::NEEDS_AXUM);
        assert!(Probe::<Valid<Path<Trip>>>::NEEDS_AXUM);
    }
}

proptest! {
    #[test]
    fn rh_109_any_fields_are_a_type_or_refused(
        fields in prop::collection::vec(("[a-z]{1,2}|file|number|text|numbers|kind", any::<bool>(), "[0-9a-z]{0,4}"), 0..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let parts: Vec<_> = fields
            .iter()
            .map(|(name, is_file, content)| part(name, is_file.then_some("f"), content))
            .collect();
        if let Err(problem) = runtime.block_on(extracted::<Multipart<Upload>, _>(form(&parts))) {
            prop_assert_eq!(&problem["status"], &json!(422));
            prop_assert!(problem["errors"][0]["code"].is_string());
        }
    }
}
