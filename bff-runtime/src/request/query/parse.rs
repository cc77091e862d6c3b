use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::{
    Problem, Result,
    request::{mismatch::Mismatch, pointer::Pointer},
    valid::Words,
};

/// Nobody fills in so many; a head of 32 KiB has room for some ten thousand.
const MOST_PAIRS: usize = 1000;

/// # Errors
/// 400 that names the parameter and nothing of the program.
pub(crate) fn parse<T: DeserializeOwned>(query: &str, words: &Words) -> Result<T> {
    if query.split('&').filter(|pair| !pair.is_empty()).nth(MOST_PAIRS).is_some() {
        return Err(problem()
            .detail(format!("the query has more than {MOST_PAIRS} parameters"))
            .with("limit", MOST_PAIRS)
            .into());
    }
    let deserializer = serde_html_form::Deserializer::from_bytes(query.as_bytes());
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let mismatch = Mismatch::of_serde(&error.inner().to_string(), Pointer::new(error.path()));
        mismatch.problem(StatusCode::BAD_REQUEST, words).into()
    })
}

fn problem() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST)
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    fn read<T: DeserializeOwned>(query: &str) -> Result<T> {
        parse(query, &Words::default())
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Order {
        #[default]
        New,
        Old,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Secret(u8);

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Filter {
        q: String,
        page: Option<u8>,
        #[serde(default)]
        tag: Vec<String>,
        #[serde(default)]
        id: Vec<u8>,
        #[serde(default)]
        order: Order,
        ratio: Option<f32>,
        flag: Option<bool>,
        #[serde(rename = "a/b~c")]
        odd: Option<u8>,
        secret: Option<(Secret, Secret)>,
    }

    #[test]
    fn rh_129_a_query_is_decoded_as_a_form() {
        let filter = |q: &str| Filter { q: q.to_owned(), ..Filter::default() };
        let tags = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect();
        for (query, expected) in [
            ("q=", filter("")),
            ("q", filter("")),
            ("&&q=a+b%20c&", filter("a b c")),
            ("q=%2B%2520%E6%97%A5", filter("+%20日")),
            ("q=%FF%", filter("\u{FFFD}%")),
            ("q=a;b=c", filter("a;b=c")),
            ("q=x&page=", filter("x")),
            ("q=x&page=7", Filter { page: Some(7), ..filter("x") }),
            ("tag=b&q=x&tag=a", Filter { tag: tags(&["b", "a"]), ..filter("x") }),
            ("tag=b&q=x", Filter { tag: tags(&["b"]), ..filter("x") }),
            ("id=1&id=2&q=x", Filter { id: vec![1, 2], ..filter("x") }),
            (
                "q=x&order=old&ratio=0.5&flag=true",
                Filter { order: Order::Old, ratio: Some(0.5), flag: Some(true), ..filter("x") },
            ),
        ] {
            assert_eq!(read::<Filter>(query).unwrap(), expected, "{query}");
        }
    }

    const UNKNOWN: &str =
        "the field is unknown; expected one of q, page, tag, id, order, ratio, flag, a/b~c, secret";

    #[test]
    fn a_refusal_points_at_the_parameter_and_names_no_type() {
        for (query, pointer, code, detail) in [
            ("", "/q", "missing", "the field is missing"),
            ("q=x&nope=1", "/nope", "unknown_field", UNKNOWN),
            ("q=x&page=x", "/page", "wrong_type", "the value is not a whole number"),
            ("q=x&id=", "/id/0", "wrong_type", "the value is not a whole number"),
            ("q=x&page=256", "/page", "too_large", "the number is too large"),
            ("q=x&page=1&page=2", "/page", "duplicate", "the field takes one value"),
            ("q=x&id=1&id=x", "/id/1", "wrong_type", "the value is not a whole number"),
            ("q=x&ratio=x", "/ratio", "wrong_type", "the value is not a number"),
            (
                "q=x&flag=1",
                "/flag",
                "not_allowed",
                "the value is not allowed; expected \"true\", \"on\" or \"false\"",
            ),
            (
                "q=x&order=<b>",
                "/order",
                "not_allowed",
                "the value is not allowed; expected new or old",
            ),
            (
                "q=x&order=`, expected y",
                "/order",
                "not_allowed",
                "the value is not allowed; expected new or old",
            ),
            ("q=x&a/b~c=x", "/a~1b~0c", "wrong_type", "the value is not a whole number"),
            (
                "q=x&secret=1",
                "/secret",
                "wrong_type",
                "the value has the wrong type; expected an array of 2 values",
            ),
        ] {
            let response = read::<Filter>(query).unwrap_err().into_response();
            let problem = response.extensions().get::<Problem>().unwrap();
            let problem = serde_json::to_value(problem).unwrap();
            let expected = json!([{ "pointer": pointer, "code": code, "detail": detail }]);
            assert_eq!(
                (&problem["status"], &problem["errors"]),
                (&json!(400), &expected),
                "{query}"
            );
            assert!(!problem.to_string().contains("Secret"), "{problem}");
        }
    }

    #[test]
    fn the_number_of_parameters_is_bounded() {
        let query = |pairs: usize| format!("q=x{}", "&tag=x".repeat(pairs - 1));
        assert_eq!(read::<Filter>(&query(MOST_PAIRS)).unwrap().tag.len(), MOST_PAIRS - 1);
        assert_eq!(read::<Filter>(&query(MOST_PAIRS + 1)).unwrap_err().status(), 400);
    }

    proptest! {
        #[test]
        fn rh_129_what_was_written_as_a_form_is_read_back(pairs: Vec<(String, String)>) {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&pairs);
            prop_assert_eq!(read::<Vec<(String, String)>>(&query.finish()).unwrap(), pairs);
        }

        #[test]
        fn any_query_is_read_or_refused(query in "([a-z%&=+`]|q=|page=|tag=|order=|\\PC){0,20}") {
            if let Err(problem) = read::<Filter>(&query) {
                prop_assert_eq!(problem.status(), 400);
            }
        }
    }
}
