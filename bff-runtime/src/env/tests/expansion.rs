use std::{collections::BTreeMap, ffi::OsString};

use proptest::prelude::*;

use crate::env::{
    expand::{Raw, expand},
    parse::parse,
};

type Failures = Vec<(String, String)>;

fn expanded(text: &str, process: &[(&str, &str)]) -> (BTreeMap<String, String>, Failures) {
    let raw = parse(text).into_iter().flatten().map(|definition| {
        let value = Raw { value: definition.value, expands: definition.expands };
        (definition.name.to_owned(), value)
    });
    let process = |name: &str| {
        let found = process.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    let (values, failures) = expand(&raw.collect(), &process);
    (values.into_iter().collect(), failures)
}

/// Each row was observed on `@next/env` 16.4.6, except those that say otherwise.
#[test]
fn ev_03_references_are_replaced() {
    #[rustfmt::skip]
    let rows = [
        ("R=$X-${X}", "x-x"),
        ("R=${X:-d}", "x"),
        ("R=${NO:-d}", "d"),
        ("R=${NO:-}", ""),
        ("R=${NO:-a b}y", "a by"),
        ("R=${NO:-${NEITHER:-e}}", "e"),
        ("R=${NO:-$X}", "x"),
        ("R=${EMPTY:-d}", "d"),
        ("R=[$EMPTY]", "[]"),
        ("R=$NO", ""),
        ("R=$X.Y", "x.Y"),
        ("R=\\$X", "$X"),
        ("R=\"\\\\$X\"", "\\$X"),
        ("R=a$", "a$"),
        ("R=${", "${"),
        ("R=${}", "${}"),
        ("R=${ X }", "${ X }"),
        ("R=pa$$word", "pa$"),
        ("R=$5", ""),
        ("R=\"$X\"", "x"),
        ("R=`$X`", "x"),
        ("R=$Y", "x"),
        // The model replaces here as well, so that no quotes hold a value back.
        ("R='$X ${X} \\$X'", "$X ${X} \\$X"),
        // The model expands the value of the process once more and gives `pa`.
        ("R=$PASSWORD", "pa$$w"),
        ("R=${PASSWORD:-d}", "pa$$w"),
    ];
    for (text, expected) in rows {
        let text = format!("X=x\nEMPTY=\nY=${{X}}\nPASSWORD=file\n{text}");
        let (values, failures) = expanded(&text, &[("PASSWORD", "pa$$w")]);
        assert_eq!(failures, [], "{text:?}");
        assert_eq!(values["R"], expected, "{text:?}");
    }
}

#[test]
fn ev_02_an_empty_value_of_the_process_is_the_value() {
    let (values, _) = expanded("X=file\nR=[$X]${X:-d}", &[("X", "")]);
    assert_eq!(values["R"], "[]d");
}

#[test]
fn a_cycle_is_an_error_and_takes_no_other_variable_away() {
    let (values, failures) = expanded("A=$B\nB=${C:-$A}\nC=\nD=1\nE=x$A", &[]);
    let failures: Vec<_> = failures.iter().map(|(name, cause)| (&**name, &**cause)).collect();
    assert_eq!(
        failures,
        [
            ("A", "refers to `B`, which cannot be expanded"),
            ("B", "`A` refers to itself: A → B → A"),
            ("E", "refers to `A`, which cannot be expanded"),
        ]
    );
    assert_eq!(values.keys().collect::<Vec<_>>(), ["C", "D"]);
}

#[test]
fn a_variable_of_its_own_name_is_a_cycle() {
    let (_, failures) = expanded("A=${A}:more", &[]);
    assert_eq!(failures, [("A".to_owned(), "`A` refers to itself: A → A".to_owned())]);
}

#[test]
fn an_open_brace_after_a_name_is_an_error() {
    for text in ["R=${NAME", "R=${NAME-default}", "R=${NAME:-open", "R=${NAME:?word}", "R=${N M}"] {
        let (_, failures) = expanded(text, &[]);
        assert_eq!(failures.len(), 1, "{text}");
        assert!(failures[0].1.contains("goes on with neither `}` nor `:-default}`"), "{text}");
    }
}

#[test]
fn growth_without_end_is_an_error() {
    let doubling = (0..40).map(|n| format!("A{n}=$A{0}$A{0}\n", n + 1)).collect::<String>();
    let (_, failures) = expanded(&(doubling + "A40=xxxxxxxx"), &[]);
    assert!(failures.iter().any(|(_, cause)| cause.starts_with("expands to more than")));
}

#[test]
fn deep_nesting_is_an_error() {
    let chain = (0..100_000).map(|n| format!("A{n}=$A{}\n", n + 1)).collect::<String>();
    let (_, failures) = expanded(&chain, &[]);
    assert!(failures.iter().any(|(_, cause)| cause.starts_with("references are nested")));

    let defaults = format!("A={}{}", "${NO:-".repeat(100_000), "}".repeat(100_000));
    let (_, failures) = expanded(&defaults, &[]);
    assert!(failures[0].1.starts_with("references are nested"));
}

proptest! {
    #[test]
    fn nothing_makes_expansion_panic(values in prop::collection::vec(r"([ABC$\{\}:\\ü-]|\$A|\$\{B:-){0,16}", 3)) {
        let raw = ["A", "B", "C"].into_iter().zip(values);
        let raw = raw.map(|(name, value)| (name.to_owned(), Raw { value, expands: true }));
        let (values, failures) = expand(&raw.collect(), &|_| None);
        prop_assert_eq!(values.len() + failures.len(), 3);
    }

    #[test]
    fn an_escaped_value_comes_back(value in r"[a-z$\{\}:ü-]{0,16}") {
        let raw = Raw { value: value.replace('$', "\\$"), expands: true };
        let (values, _) = expand(&BTreeMap::from([("A".to_owned(), raw)]), &|_| None);
        prop_assert_eq!(&values["A"], &value);
    }
}
