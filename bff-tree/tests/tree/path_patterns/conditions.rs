use bff_tree::{
    Code,
    path_pattern::{
        Condition, ConditionTest, ConditionValue, Dialect, PathPattern, Place, captured,
    },
};

fn condition(place: Place, key: &str, value: Option<&str>) -> Condition {
    let key = Some(key).filter(|key| !key.is_empty());
    Condition::new(place, key, value, false).unwrap_or_else(|mistake| panic!("{mistake}"))
}

#[test]
fn hm_02_hm_04_hm_07_a_condition_knows_what_it_asks_and_captures() {
    for (place, key, value, test, names) in [
        (Place::Header, "X-A", None, "x-a there", &["xa"][..]),
        (Place::Cookie, "a-b1_C", None, "a-b1_C there", &["abC"]),
        (Place::Query, "1", None, "1 there", &[]),
        (
            Place::Query,
            "page",
            Some("(?<pg>h.*)"),
            "page ^(?:(?<pg>h[^\\x{A}\\x{D}\\x{2028}-\\x{2029}]*))$",
            &["pg"],
        ),
        (Place::Header, "x", Some("a|b"), "x ^(?:a|b)$", &[]),
        (Place::Header, "x", Some("(a)\\.(b)"), "x is a.b", &[]),
        (Place::Host, "", Some("example\\.com"), " is example.com", &["host"]),
        (Place::Host, "", Some("(?<s>a|b)\\.c"), " ^(?:(?<s>a|b)\\.c)$", &["s"]),
        (
            Place::Cookie,
            "a",
            Some("(?!x).*"),
            "a try ^(?:(?!x)[^\\x{A}\\x{D}\\x{2028}-\\x{2029}]*)$",
            &[],
        ),
    ] {
        let condition = condition(place, key, value);
        let asked = match &condition.test {
            ConditionTest::Present => "present".to_owned(),
            ConditionTest::NotEmpty => "there".to_owned(),
            ConditionTest::Value(ConditionValue::Literal(text)) => format!("is {text}"),
            ConditionTest::Value(ConditionValue::Regex { regex, backtracking: true, .. }) => {
                format!("try {regex}")
            }
            ConditionTest::Value(ConditionValue::Regex { regex, .. }) => regex.clone(),
        };
        assert_eq!(format!("{} {asked}", condition.key), test);
        let captured = condition.captured();
        let found: Vec<&str> = captured.iter().map(|captured| &*captured.name).collect();
        assert_eq!(found, names, "{key} {value:?}");
    }
}

#[test]
fn mt_04_va_11_a_condition_that_cannot_hold_is_refused() {
    for (place, key, value, present, code, fact) in [
        (Place::Header, None, None, false, Code::ConditionKey, "no key"),
        (Place::Query, Some(""), None, false, Code::ConditionKey, "no key"),
        (Place::Header, Some("x y"), None, false, Code::ConditionKey, "this name"),
        (Place::Cookie, Some("a=b"), None, false, Code::ConditionKey, "this name"),
        (Place::Host, Some("a"), Some("b"), false, Code::ConditionKey, "no key"),
        (Place::Host, None, None, false, Code::ConditionKey, "needs a value"),
        (Place::Query, Some("a"), Some("b"), true, Code::ConditionKey, "keep one"),
        (Place::Host, None, Some("Example\\.com"), false, Code::PatternRegex, "lower case"),
        (Place::Query, Some("a"), Some("(b"), false, Code::PatternRegex, "never closed"),
        (Place::Query, Some("a"), Some("b)"), false, Code::PatternRegex, "closes nothing"),
        (Place::Query, Some("a"), Some("(?<n>a)(?<n>b)"), false, Code::PatternRegex, "two groups"),
        (Place::Query, Some("a"), Some("(?<n>a)*"), false, Code::PatternRegex, "repeated"),
        (Place::Query, Some("a"), Some("(?!(?<n>a))b"), false, Code::PatternRegex, "look-around"),
        (
            Place::Query,
            Some("a"),
            Some("(?<1>a)"),
            false,
            Code::PatternRegex,
            "beginning with a letter",
        ),
        (Place::Query, Some("a"), Some("(a)\\1"), false, Code::PatternRegex, "back-references"),
        (Place::Query, Some("a"), Some("a{2000}"), false, Code::PatternLimit, "too high"),
    ] {
        let mistake = Condition::new(place, key, value, present).expect_err(fact);
        assert_eq!(mistake.code, code, "{mistake}");
        assert!(mistake.to_string().contains(fact), "{fact}: {mistake}");
    }
}

#[test]
fn hm_07_pp_08_pp_09_what_is_captured_is_known_with_its_kind() {
    let has = [
        condition(Place::Query, "y", None),
        condition(Place::Header, "x", Some("(?<v>a)?b(?:c|(?<w>d))(?<z>e)")),
    ];
    let source =
        PathPattern::parse("/:x/:y*/:z(.*)/(\\d)/:o?", Dialect::CONFIG).expect("a pattern");
    let shown: Vec<String> = captured(&source, &has)
        .iter()
        .map(|captured| {
            let mut shown = captured.name.clone();
            for (is, word) in [
                (captured.list, "list"),
                (captured.slashes, "slashes"),
                (captured.optional, "optional"),
            ] {
                if is {
                    shown = format!("{shown} {word}");
                }
            }
            shown
        })
        .collect();
    assert_eq!(shown, ["x", "o optional", "y", "v optional", "w optional", "z"]);
}
