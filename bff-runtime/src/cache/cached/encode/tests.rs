use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::*;

#[derive(serde::Serialize)]
enum Shape {
    Unit,
    New(u8),
    Pair(u8, u8),
    Named { a: u8, b: u8 },
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Untagged {
    A { a: u8 },
    B { b: u8 },
}

fn key(value: impl Serialize) -> Vec<u8> {
    canonical(&value).unwrap()
}

#[test]
fn rh_283_rh_289_security_46_different_arguments_are_different_keys() {
    let keys = [
        key(()),
        key(("a", "b")),
        key(("a,b",)),
        key(("ab", "")),
        key(("", "ab")),
        key("ab"),
        key(["a", "b"].as_slice()),
        key(vec![vec!["a"], vec!["b"]]),
        key(vec![vec!["a", "b"]]),
        key(vec![vec!["a", "b"], vec![]]),
        key(1),
        key(-1),
        key("1"),
        key(1.0_f64),
        key(-0.0_f64),
        key(f64::NAN),
        key(f64::INFINITY),
        key(1.0_f32),
        key('1'),
        key(u128::MAX),
        key(true),
        key(false),
        key(None::<u8>),
        key(Some(None::<u8>)),
        key(Some(1)),
        key(Shape::Unit),
        key("Unit"),
        key(Shape::New(1)),
        key(Shape::Pair(1, 2)),
        key(Shape::Named { a: 1, b: 2 }),
        key((1, 2)),
        key(Untagged::A { a: 1 }),
        key(Untagged::B { b: 1 }),
        key(json!({"a": 1, "b": null})),
        key(json!({"a": null, "b": 1})),
        key(json!({"a": {"b": 1}})),
        key(json!({"a": {}, "b": 1})),
        key(BTreeMap::from([("a", "b")])),
        key(BTreeMap::from([("a", "b"), ("c", "d")])),
        key(BTreeMap::from([("a", "d"), ("c", "b")])),
    ];
    for (index, one) in keys.iter().enumerate() {
        for other in &keys[..index] {
            assert_ne!(one, other, "{}", one.escape_ascii());
        }
    }
}

#[test]
fn rh_289_the_same_arguments_are_the_same_key() {
    let map = |names: &[&'static str]| {
        names.iter().map(|name| (*name, name.len())).collect::<HashMap<_, _>>()
    };
    let names = ["a", "bb", "ccc", "dddd", "eeeee"];
    let reversed: Vec<_> = names.iter().rev().copied().collect();
    assert_eq!(key(map(&names)), key(map(&reversed)));
    assert_eq!(key(7_u8), key(7_i64));
    assert_eq!(key("a"), key("a".to_owned()));
    assert_eq!(key(f64::NAN), key(f64::NAN));
}

#[test]
fn a_key_that_does_not_serialize_says_why() {
    struct Never;
    impl Serialize for Never {
        fn serialize<S: ser::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(ser::Error::custom("it is locked"))
        }
    }
    let error = canonical(&[Never]).unwrap_err();
    assert_eq!(error.to_string(), "the key of a cached value cannot be written: it is locked");
}

proptest::proptest! {
    /// Of one type, which is what the keys of one call are.
    #[test]
    fn security_46_two_keys_of_a_type_are_equal_when_the_values_are(
        one in proptest::collection::vec(("[ab]{0,3}", proptest::option::of("[ab]{0,2}")), 0..3),
        other in proptest::collection::vec(("[ab]{0,3}", proptest::option::of("[ab]{0,2}")), 0..3),
    ) {
        proptest::prop_assert_eq!(key(&one) == key(&other), one == other);
    }
}
