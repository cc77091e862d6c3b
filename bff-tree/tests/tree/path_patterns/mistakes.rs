use bff_tree::{
    Code,
    path_pattern::{Dialect, PathPattern},
};

/// Each pattern with the place that the mistake is found at, shown by what is marked, the code, and a fact that
/// its message or help must hold.
#[track_caller]
fn refused(cases: &[(&str, &str, Code, &str)]) {
    for (text, marked, code, fact) in cases {
        let mistake = match PathPattern::parse(text, Dialect::MATCHER) {
            Err(mistake) => mistake,
            Ok(pattern) => panic!("{text} is accepted: {}", pattern.regex()),
        };
        assert_eq!(
            (&text[mistake.at.clone()], mistake.code),
            (*marked, *code),
            "{text}: {mistake}"
        );
        assert!(mistake.to_string().contains(fact), "{text}: {mistake}");
    }
}

#[test]
fn mt_05_mt_06_pp_02_what_is_no_pattern_is_refused_at_its_place() {
    use Code::PatternSyntax as Syntax;
    refused(&[
        ("", "", Syntax, "must start with `/`"),
        ("about", "a", Syntax, "must start with `/`"),
        ("{/a}?", "{", Syntax, "must start with `/`"),
        ("/(a", "(", Syntax, "never closed"),
        ("/:", ":", Syntax, "name is missing"),
        ("/:é", ":", Syntax, "name is missing"),
        ("/*", "*", Syntax, "/:path*"),
        ("/a/*", "*", Syntax, "/:path*"),
        ("/a?", "?", Syntax, "{…}"),
        ("/a?b", "?", Syntax, "no query"),
        ("/a**", "*", Syntax, "/:path*"),
        ("/:s*?", "?", Syntax, "follows neither"),
        ("/a+", "+", Syntax, "after a param"),
        ("/a(?:b)", "(?", Syntax, "begin with `?`"),
        ("/(?!x)", "(?", Syntax, "/((?!api).*)"),
        ("/:x(a(b))", "(", Syntax, "(?:…)"),
        ("/()", "()", Syntax, "is missing"),
        ("/{a", "{", Syntax, "never closed"),
        ("/a}", "}", Syntax, "closes nothing"),
        ("/{{a}}", "{", Syntax, "braces cannot stand in braces"),
        ("/{:a-:b}", ":b", Syntax, "hold one param"),
        ("/{:a?}", "?", Syntax, "follows neither"),
        ("/a\\", "\\", Syntax, "escapes nothing"),
        ("/${BASE}/x", "${", Syntax, "variable"),
    ]);
}

#[test]
fn pp_06_pp_07_pp_10_params_that_cannot_be_told_apart_are_refused() {
    use Code::PatternParam as Param;
    refused(&[
        ("/:a:b", ":b", Param, "nothing parts"),
        ("/:x(.*):y", ":y", Param, "nothing parts"),
        ("/{:x}*", "{:x}*", Param, "`:x` cannot repeat"),
        ("/n-:x*", "-:x*", Param, "`:x` cannot repeat"),
        ("/:a/:a", "/:a", Param, "two params"),
    ]);
}

#[test]
fn pp_15_rustsec_2022_0013_what_is_too_large_is_refused() {
    for text in [
        format!("/{}", "a".repeat(4096)),
        "/:x(a{1001})".to_owned(),
        "/:x((?:a{100}){200})".to_owned(),
        format!("/{}", "(a{900})-".repeat(30)),
        // Short as it is written, long as an expression.
        format!("/x{}", "\\(".repeat(2047)),
    ] {
        let mistake = PathPattern::parse(&text, Dialect::CONFIG).expect_err("too large");
        assert_eq!(mistake.code, Code::PatternLimit, "{mistake}");
    }
    let longest = format!("/{}", "a".repeat(4000));
    assert!(PathPattern::parse(&longest, Dialect::CONFIG).is_ok());
}

#[test]
fn va_04_carets_show_the_place_in_columns() {
    for (text, shown) in [
        ("/café/:/x", "/café/:/x\n      ^"),
        ("/:a/:a", "/:a/:a\n   ^^^"),
        ("/a\\", "/a\\\n  ^"),
        ("", "\n^"),
    ] {
        let mistake = PathPattern::parse(text, Dialect::MATCHER).expect_err(text);
        assert_eq!(mistake.carets(text), shown);
    }
}
