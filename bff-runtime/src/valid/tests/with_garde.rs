use std::collections::BTreeMap;

use garde::Validate;
use serde_json::json;

use super::*;
use crate::valid::{WithState, custom};

#[derive(Validate)]
struct Everything {
    #[garde(length(chars, min = 2, max = 4))]
    name: &'static str,
    #[garde(range(min = 1, max = 9))]
    number: i32,
    #[garde(range(max = 0.5))]
    ratio: f64,
    #[garde(email)]
    email: &'static str,
    #[garde(url)]
    url: &'static str,
    #[garde(pattern("^[a-z]+$"))]
    pattern: &'static str,
    #[garde(contains("x"), prefix("a"), suffix("z"))]
    parts: &'static str,
    #[garde(ascii, alphanumeric)]
    ascii: &'static str,
    #[garde(ip)]
    ip: &'static str,
    #[garde(required)]
    there: Option<u8>,
    #[garde(matches(name))]
    again: &'static str,
    #[garde(custom(never), custom(never_with_a_code))]
    own: u8,
}

fn never(_: &u8, _: &()) -> garde::Result {
    Err(garde::Error::new("never"))
}

fn never_with_a_code(_: &u8, _: &()) -> garde::Result {
    Err(custom("never_ever", "never again"))
}

const WRONG: Everything = Everything {
    name: "x",
    number: 10,
    ratio: 0.75,
    email: "me",
    url: "//",
    pattern: "7",
    parts: "",
    ascii: "é!",
    ip: "1.2.3",
    there: None,
    again: "y",
    own: 0,
};

#[test]
fn every_rule_has_its_code_and_all_of_them_speak() {
    let expected = owned([
        ("/again", "matches"),
        ("/ascii", "alphanumeric"),
        ("/ascii", "ascii"),
        ("/email", "email"),
        ("/ip", "ip"),
        ("/name", "length"),
        ("/number", "range"),
        ("/own", "custom"),
        ("/own", "never_ever"),
        ("/parts", "contains"),
        ("/parts", "prefix"),
        ("/parts", "suffix"),
        ("/pattern", "pattern"),
        ("/ratio", "range"),
        ("/there", "required"),
        ("/url", "url"),
    ]);
    let mut all = found::<Own, _>(&WRONG);
    // The order is garde's: by name.
    all.sort();
    assert_eq!(all, expected);
}

#[test]
fn parameters_are_numbers_where_they_are_and_messages_are_gardes() {
    let mut failures = Failures::new();
    Own::check(&WRONG, &(), &mut failures);
    let of = |pointer| failures.iter().find(|failure| failure.pointer() == pointer).unwrap();
    for (pointer, name, value, message) in [
        ("/name", "min", json!(2), "length is lower than 2"),
        ("/number", "max", json!(9), "greater than 9"),
        ("/ratio", "max", json!(0.5), "greater than 0.5"),
        ("/pattern", "pattern", json!("^[a-z]+$"), "does not match pattern /^[a-z]+$/"),
        ("/again", "field", json!("name"), "does not match name field"),
    ] {
        let failure = of(pointer);
        assert_eq!((failure.param(name), failure.message()), (Some(&value), message));
    }
    assert_eq!(of("/own").params().count(), 0);
}

#[derive(Validate)]
struct Nested {
    #[garde(dive)]
    rows: Vec<Row>,
    #[garde(dive)]
    by_key: BTreeMap<&'static str, Row>,
    #[garde(inner(length(min = 1)))]
    tags: Vec<&'static str>,
    #[garde(dive)]
    one: Option<Box<Row>>,
}

#[derive(Clone, Validate)]
struct Row(#[garde(range(min = 1))] u8, #[garde(length(min = 1))] &'static str);

#[test]
fn a_path_of_garde_becomes_a_json_pointer() {
    let value = Nested {
        rows: vec![Row(1, "a"), Row(0, "")],
        by_key: [("a.b[0]/c~", Row(0, "x"))].into(),
        tags: vec!["", "x", ""],
        one: Some(Box::new(Row(0, "x"))),
    };
    let expected = owned([
        ("/by_key/a.b[0]~1c~0/0", "range"),
        ("/one/0", "range"),
        ("/rows/1/0", "range"),
        ("/rows/1/1", "length"),
        ("/tags/0", "length"),
        ("/tags/2", "length"),
    ]);
    assert_eq!(found::<Own, _>(&value), expected);
}

#[derive(Validate)]
#[garde(context(Seats as house))]
struct Booking {
    #[garde(range(max = house.0))]
    seats: u32,
}

#[derive(Clone, Default)]
struct Seats(u32);

#[test]
fn a_context_is_the_apps_state_or_its_default() {
    let booking = Booking { seats: 5 };
    for (seats, expected) in [(5, 0), (4, 1)] {
        let mut failures = Failures::new();
        WithState::check(&booking, &Seats(seats), &mut failures);
        assert_eq!(failures.len(), expected);
    }
    assert_eq!(found::<Own, _>(&booking), owned([("/seats", "range")]));
}

/// Validates another value on the way, which must not take the codes of the first.
#[derive(Validate)]
struct Reentrant {
    #[garde(length(min = 1))]
    before: &'static str,
    #[garde(custom(validates_another))]
    own: u8,
    #[garde(length(min = 1))]
    after: &'static str,
}

fn validates_another(_: &u8, _: &()) -> garde::Result {
    assert_eq!(found::<Own, _>(&Row(0, "")).len(), 2);
    Err(custom("own_code", "has another"))
}

#[test]
fn a_rule_that_validates_on_its_own_disturbs_nothing() {
    let value = Reentrant { before: "", own: 0, after: "" };
    let expected = owned([("/after", "length"), ("/before", "length"), ("/own", "own_code")]);
    assert_eq!(found::<Own, _>(&value), expected);
    // Outside of a validation nothing is noted down.
    assert_eq!(custom("code", "text").message(), "text");
}

#[derive(Validate)]
struct Many {
    #[garde(inner(length(min = 1), custom(counted)))]
    texts: Vec<&'static str>,
}

/// A text of its own for each value.
fn counted(text: &&'static str, _: &()) -> garde::Result {
    thread_local!(static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) });
    let count = COUNT.replace(COUNT.get() + 1);
    Err(custom("counted", format!("{count}{text}")))
}

#[test]
fn security_29_codes_are_right_however_many_failures_there_are() {
    let many = Many { texts: vec![""; 20_000] };
    let mut failures = Failures::new();
    Own::check(&many, &(), &mut failures);
    assert_eq!(failures.len(), 40_000);
    assert_eq!(failures.iter().filter(|failure| failure.code() == "length").count(), 50);
    assert_eq!(failures.iter().filter(|failure| failure.code() == "counted").count(), 50);
}
