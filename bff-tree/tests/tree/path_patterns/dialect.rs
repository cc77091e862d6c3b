use bff_tree::{
    Code,
    path_pattern::{Dialect, PathPattern},
};

use super::support::Compiled;

#[test]
fn mt_23_expressions_mean_what_they_mean_in_javascript() {
    for (regex, matching, others) in [
        (r"\d+", &["12"][..], &["١٢", "a"][..]),
        (r"\w+", &["a_1"], &["é", "-"]),
        (r"[^\w]", &["é", "-"], &["a"]),
        (r"[\D]+", &["ab"], &["1"]),
        (r"a\sb", &["a\u{a0}b", "a b"], &["ab"]),
        (r"a.c", &["abc", "a/c"], &["a\nc", "a\u{2028}c"]),
        (r"a$", &["a"], &["a\n", "ab"]),
        (r"\bab\b.*", &["ab", "ab-c"], &["abc", "xab"]),
        (r".*\Bb", &["ab"], &["a b"]),
        (r"\x41\u0042", &["AB"], &["ab"]),
        (r"\/\-\.", &["/-."], &["/-x"]),
        (r"[a\]\-&&b]+", &["a]-&b"], &["c"]),
        (r"[a-]+[-b]+", &["a-b"], &["c"]),
        (r"]a}", &["]a}"], &["a"]),
        (r"(?:a|ab)c", &["ac", "abc"], &["bc"]),
        (r"a{2}b{1,}c{0,1}?", &["aab", "aabbc"], &["ab"]),
        (r"(?=a).+", &["ab"], &["ba"]),
        (r".+(?<=b)", &["ab"], &["ba"]),
        (r".+(?<!b|cd)", &["ba"], &["ab", "acd"]),
        (r"(?:(?!--).)+", &["a-b"], &["a--b"]),
    ] {
        let pattern = Compiled::new(&format!("/:x({regex})"), Dialect::CONFIG);
        for (values, expected) in [(matching, true), (others, false)] {
            for value in values {
                assert_eq!(
                    pattern.captures(&format!("/{value}")).is_some(),
                    expected,
                    "{regex} on {value:?}"
                );
            }
        }
    }
}

#[test]
fn hm_10_what_the_two_worlds_read_differently_is_refused() {
    for (regex, marked, fact) in [
        (r"(?:a)\1", r"\1", "back-references"),
        (r"\k<a>", r"\k", "back-references"),
        (r"a++", "++", "two quantifiers"),
        (r"a*?+", "*?+", "two quantifiers"),
        (r"*a", "*", "nothing to repeat"),
        (r"a|+", "+", "nothing to repeat"),
        (r"(?=a)*", "(?=a)*", "takes no character"),
        (r"^*", "^*", "takes no character"),
        (r"a{,3}", "{", "neither a count"),
        (r"{a", "{", "neither a count"),
        (r"a{3,1}", "{3,1}", "wrong order"),
        (r"[]", "[]", "empty"),
        (r"[^]", "[^]", "empty"),
        (r"[z-a]", "z-a", "no range"),
        (r"[\d-z]", r"\d-z", "no range"),
        (r"[a", "[", "never closed"),
        (r"[\b]", r"\b", "backspace"),
        (r"\A", r"\A", "not an escape"),
        (r"\z", r"\z", "not an escape"),
        (r"\p{L}", r"\p", "not an escape"),
        (r"\0", r"\0", "not an escape"),
        (r"\xg1", r"\x", "hexadecimal"),
        (r"\ud800", r"\u", "hexadecimal"),
        (r"\u{61}", r"\u", "hexadecimal"),
        (r"a(?i:b)", "(?i", "kind of group"),
        (r"a(?>b)", "(?>", "kind of group"),
        (r"a(?<n>b)", "(?<n>", "name the param"),
        (r"(?<=a+)b", "(?<=a+)", "how far"),
    ] {
        // A letter in front keeps the `?` from the beginning, where the pattern itself does not have it.
        let text = format!("/:x(|{regex})");
        let mistake = PathPattern::parse(&text, Dialect::MATCHER).expect_err(regex);
        assert_eq!(
            (&text[mistake.at.clone()], mistake.code),
            (marked, Code::PatternRegex),
            "{regex}: {mistake}"
        );
        assert!(mistake.to_string().contains(fact), "{regex}: {mistake}");
    }
}

#[test]
fn pp_12_case_is_ignored_on_request_only() {
    let ignoring = Dialect::CONFIG.ignoring_case();
    for (text, path, sensitive, insensitive) in [
        ("/CaseMe", "/caseme", false, true),
        ("/CaseMe", "/CaseMe", true, true),
        ("/:x([a-f]+)", "/ABC", false, true),
        ("/:x([^a]+)", "/A", true, false),
        ("/x-:y-xx-:z", "/X-1-XX-2", false, true),
        ("/caf%c3%a9", "/caf%C3%A9", false, true),
    ] {
        for (dialect, expected) in [(Dialect::CONFIG, sensitive), (ignoring, insensitive)] {
            let found = Compiled::new(text, dialect).captures(path).is_some();
            assert_eq!(found, expected, "{text} on {path}, {dialect:?}");
        }
    }
}
