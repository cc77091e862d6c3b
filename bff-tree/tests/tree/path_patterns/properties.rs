//! What holds for every text.

use bff_tree::path_pattern::{
    Condition, ConditionTest, ConditionValue, Destination, DestinationUse, Dialect, HeaderTemplate,
    PathPattern, Place, captured,
};
use proptest::{prelude::*, sample::select, test_runner::FileFailurePersistence};

use super::support::Compiled;

/// Failures are kept in this file's own words, not in a file of seeds.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

/// Text near the grammar.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "/", "a", "b", ":", ":x", ":y", "x", "(", ")", "(?:", "(?!", "(?=", "(?<=", "(?<n>", "[",
        "]", "[^", "-", "{", "}", "{2}", "{1,3}", "?", "*", "+", "\\", "\\d", "\\b", "\\1", ".",
        "|", "^", "$", "&&", "~~", "é", "%", "%2e", "#", "=", "&", "https://", "${V}", "@", "..",
        " ", "\n", "\u{0}", "😀",
    ];
    prop_oneof![
        4 => proptest::collection::vec(select(PIECES), 0..14).prop_map(|pieces| format!("/{}", pieces.concat())),
        1 => proptest::collection::vec(select(PIECES), 0..8).prop_map(|pieces| pieces.concat()),
        1 => "(?s).{0,30}",
    ]
}

/// An expression near the dialect.
fn expression() -> impl Strategy<Value = String> {
    let leaf = select(
        &[
            "a", "b", "/", "é", ".", "\\d", "\\W", "\\b", "\\B", "[a-f]", "[^\\s/]", "[&&a~~-]",
            "^", "$", "\\.", "-", "\\x41", "",
        ][..],
    );
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|nodes| nodes.concat()),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|nodes| nodes.join("|")),
            (inner.clone(), select(&["*", "+", "?", "{2}", "{0,2}?", "*?", ""][..]))
                .prop_map(|(node, sign)| format!("(?:{node}){sign}")),
            (inner, select(&["(?=", "(?!", "(?<=", "(?<!"][..]))
                .prop_map(|(node, open)| format!("{open}{node})")),
        ]
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_a_pattern_or_a_mistake_with_a_place(text in text(), usage in any::<bool>()) {
        for dialect in [Dialect::MATCHER, Dialect::CONFIG, Dialect::CONFIG.ignoring_case()] {
            match PathPattern::parse(&text, dialect) {
                Ok(_) => { Compiled::new(&text, dialect); }
                Err(mistake) => {
                    prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?} of {:?}", mistake.at, text);
                    prop_assert!(!mistake.message.is_empty() && !mistake.help.is_empty());
                    mistake.carets(&text);
                }
            }
        }
        let source = PathPattern::parse("/:x/:y*", Dialect::CONFIG).expect("a pattern");
        let names = captured(&source, &[]);
        let usage = if usage { DestinationUse::Redirect } else { DestinationUse::Rewrite };
        if let Err(mistake) = Destination::parse(&text, usage, &names) {
            prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?} of {:?}", mistake.at, text);
        }
        let _ = HeaderTemplate::name(&text, &names);
        let _ = HeaderTemplate::value(&text, &names);
    }

    #[test]
    fn every_accepted_expression_is_one_of_the_engine_it_is_for(text in expression()) {
        for dialect in [Dialect::MATCHER, Dialect::CONFIG.ignoring_case()] {
            let source = format!("/:x({text})");
            if PathPattern::parse(&source, dialect).is_ok() {
                // Also asserts that the one expression and the two agree, where there are two.
                let compiled = Compiled::new(&source, dialect);
                for path in ["/", "/a", "/ab", "/b/a", "/é.A"] {
                    compiled.captures(path);
                }
            }
        }
        if let Ok(condition) = Condition::new(Place::Query, Some("q"), Some(&text), false)
            && let ConditionTest::Value(ConditionValue::Regex { regex, backtracking, .. }) = &condition.test
        {
            if *backtracking {
                prop_assert!(fancy_regex::Regex::new(regex).is_ok(), "{}", regex);
            } else {
                prop_assert!(regex::Regex::new(regex).is_ok(), "{}", regex);
            }
        }
    }
}
