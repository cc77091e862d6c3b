use serde_json::json;
use validator::{Validate, ValidationError};

use super::*;
use crate::valid::Validator;

#[derive(Validate)]
struct Order {
    #[validate(length(min = 2, max = 4))]
    name: String,
    #[validate(email)]
    email: String,
    #[validate(range(min = 1.0, max = 9.0, message = "one to nine"))]
    number: f64,
    #[validate(custom(function = "never"))]
    own: String,
    #[validate(nested)]
    rows: Vec<Row>,
    #[validate(nested)]
    one: Row,
}

#[derive(Validate)]
struct Row {
    #[validate(length(equal = 1))]
    key: String,
}

fn never(_: &str) -> Result<(), ValidationError> {
    Err(ValidationError::new("never"))
}

#[derive(Validate)]
#[validate(schema(function = "never_as_a_whole"))]
struct Pair {
    #[validate(range(min = 0))]
    one: u8,
}

fn never_as_a_whole(_: &Pair) -> Result<(), ValidationError> {
    Err(ValidationError::new("whole"))
}

fn row(key: &str) -> Row {
    Row { key: key.to_owned() }
}

#[test]
fn errors_of_validator_are_in_order_and_keep_their_codes_but_not_the_value() {
    let order = Order {
        name: "secret".to_owned(),
        email: "secret".to_owned(),
        number: 10.0,
        own: "secret".to_owned(),
        rows: vec![row("a"), row("secret")],
        one: row(""),
    };
    let expected = owned([
        ("/email", "email"),
        ("/name", "length"),
        ("/number", "range"),
        ("/one/key", "length"),
        ("/own", "never"),
        ("/rows/1/key", "length"),
    ]);
    assert_eq!(found::<Validator, _>(&order), expected);
    let mut failures = Failures::new();
    Validator::check(&order, &(), &mut failures);
    let of = |pointer| failures.iter().find(|failure| failure.pointer() == pointer).unwrap();
    assert_eq!(of("/name").message(), "the length must be at least 2 and at most 4");
    assert_eq!(of("/one/key").message(), "the length must be exactly 1");
    assert_eq!(of("/number").message(), "one to nine");
    assert_eq!(of("/own").message(), "the value is not valid");
    assert_eq!(of("/number").param("max"), Some(&json!(9.0)));
    assert!(!format!("{failures:?}").contains("secret"), "{failures:?}");
}

#[test]
fn what_is_wrong_with_the_whole_points_to_the_whole() {
    assert_eq!(found::<Validator, _>(&Pair { one: 1 }), owned([("", "whole")]));
}

#[test]
fn a_list_at_the_root_has_its_indices() {
    assert_eq!(found::<Validator, _>(&vec![row("a"), row("")]), owned([("/1/key", "length")]));
}
