use std::collections::BTreeMap;

use http::header::CONTENT_TYPE;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::RequestExt;

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    name: String,
    #[serde(default)]
    count: Option<u8>,
    #[serde(default)]
    tag: Vec<String>,
}

fn order(name: &str, count: Option<u8>, tag: &[&str]) -> Order {
    let tag = tag.iter().map(|tag| (*tag).to_owned()).collect();
    Order { name: name.to_owned(), count, tag }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Form<T>> {
    super::parse(bytes, &Words::default())
}

#[test]
fn rh_108_repeated_names_are_kept_in_order_and_a_plus_is_a_blank() {
    for (body, expected) in [
        ("name=a+b%20c", order("a b c", None, &[])),
        ("tag=2&name=x&tag=1&count=7&tag=", order("x", Some(7), &["2", "1", ""])),
        ("&name=%E6%97%A5&&tag=one&", order("日", None, &["one"])),
        ("name=a=b;c", order("a=b;c", None, &[])),
        ("name=%FF%&unknown", order("\u{fffd}%", None, &[])),
    ] {
        assert_eq!(parse::<Order>(body.as_bytes()).unwrap().0, expected, "{body}");
    }
}

#[test]
fn rh_108_a_form_that_does_not_fit_is_422_and_is_pointed_to() {
    for (body, pointer, code, detail) in [
        ("", "/name", "missing", "the field is missing"),
        ("count=1", "/name", "missing", "the field is missing"),
        ("name=x&count=many", "/count", "wrong_type", "the value is not a whole number"),
        ("name=x&count=300", "/count", "too_large", "the number is too large"),
        ("name=x&name=y", "/name", "duplicate", "the field takes one value"),
    ] {
        let problem = serde_json::to_value(&*parse::<Order>(body.as_bytes()).unwrap_err()).unwrap();
        let found = (&problem["status"], &problem["errors"]);
        let errors = json!([{ "pointer": pointer, "code": code, "detail": detail }]);
        assert_eq!(found, (&json!(422), &errors), "{body}");
    }
}

#[test]
fn a_form_has_a_thousand_fields_at_most() {
    let form = |fields: usize| vec!["a=1"; fields].join("&");
    type Fields = Vec<(String, String)>;
    assert_eq!(parse::<Fields>(form(1000).as_bytes()).unwrap().0.len(), 1000);
    assert_eq!(parse::<Fields>(form(1001).as_bytes()).unwrap_err().status(), 413);
    // Separators alone are no fields.
    assert!(parse::<Fields>("&".repeat(100_000).as_bytes()).unwrap().0.is_empty());
}

#[tokio::test]
async fn rh_110_a_form_has_its_content_type_and_with_get_the_query() {
    let request = |method: &str, content_type: &str| {
        let builder = http::Request::builder().method(method).uri("/?name=query");
        builder.header(CONTENT_TYPE, content_type).body("name=body".into()).unwrap()
    };
    for (method, content_type, expected) in [
        ("POST", "application/x-www-form-urlencoded", Ok("body")),
        ("PUT", "application/x-www-form-urlencoded; charset=UTF-8", Ok("body")),
        ("GET", "text/plain", Ok("query")),
        ("HEAD", "", Ok("query")),
        ("POST", "application/json", Err(415)),
        ("POST", "multipart/form-data; boundary=x", Err(415)),
        ("POST", "", Err(415)),
    ] {
        let found = request(method, content_type).form::<Order>().await;
        let found =
            found.as_ref().map(|order| &*order.name).map_err(|error| error.status().as_u16());
        assert_eq!(found, expected, "{method} {content_type}");
    }
}

#[tokio::test]
async fn a_form_is_an_answer_as_well() {
    let response = Form([("a", "1 2"), ("b", "é")]).into_response();
    assert_eq!(response.headers()[CONTENT_TYPE], "application/x-www-form-urlencoded");
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    assert_eq!(body, "a=1+2&b=%C3%A9");
}

proptest! {
    #[test]
    fn rh_108_what_is_written_is_read(
        fields in prop::collection::btree_map(".{1,8}", prop::collection::vec(".{0,12}", 2..5), 0..6),
    ) {
        let pairs: Vec<(&String, &String)> =
            fields.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value))).collect();
        let text = serde_html_form::to_string(&pairs).unwrap();
        let found = parse::<BTreeMap<String, Vec<String>>>(text.as_bytes()).unwrap().0;
        prop_assert_eq!(found, fields);
    }

    #[test]
    fn rh_110_any_bytes_are_a_form_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Err(problem) = parse::<Order>(&bytes) {
            let problem = serde_json::to_value(&*problem).unwrap();
            prop_assert_eq!(&problem["status"], &json!(422));
            prop_assert!(problem["errors"][0]["pointer"].is_string());
        }
    }
}
