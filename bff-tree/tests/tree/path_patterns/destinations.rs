use DestinationUse::{Redirect, Rewrite};
use bff_tree::{
    Code,
    path_pattern::{
        Captured, Destination, DestinationUse, Dialect, HeaderTemplate, Origin, PathPattern, Piece,
        Variable, captured,
    },
};

fn names(source: &str) -> Vec<Captured> {
    captured(&PathPattern::parse(source, Dialect::CONFIG).expect(source), &[])
}

/// `{prefix:name*suffix}` for a param.
fn shown(pieces: &[Piece]) -> String {
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Param { name, prefix, suffix, list } => {
            format!("{{{prefix}:{name}{}{suffix}}}", if *list { "*" } else { "" })
        }
    });
    pieces.collect()
}

#[test]
fn dc_01_dc_02_dc_04_dc_13_a_destination_is_taken_apart() {
    for (source, text, expected) in [
        ("/:a", "/b", "/b"),
        ("/:a", "/b/:a", "/b{/:a}"),
        ("/:a*", "/b/:a*?x=1&y#z", "/b{/:a*}?x=1&y#z"),
        ("/x{/:a}?", "/b/:a?", "/b{/:a}"),
        ("/x{/:a}?", "/b/:a??c=:a?", "/b{/:a}?c={:a}"),
        ("/x{/:a}?", "/b/:a?/c", "/b{/:a}/c"),
        ("/:a", "/b/:a?c=1", "/b{/:a}?c=1"),
        ("/:a", "/b/\\:a\\?c\\#d", "/b/:a%3Fc%23d"),
        ("/:a/:b", "/:a:b-{x:b}", "{/:a}{:b}-{x:b}"),
        ("/:a", "/é/ü:a?ä=ö", "/%C3%A9/%C3%BC{:a}?ä=%C3%B6"),
        ("/:a", "/b?t=12:30&u=http://x/:a", "/b?t=12:30&u=http://x/{:a}"),
        ("/:a", "https://:a.Example.com:8080/x", "https://{:a}.example.com:8080/x"),
        ("/:a", "http://up?x=:a", "http://up?x={:a}"),
        ("/:a", "http://[::1]/x", "http://[::1]/x"),
        ("/:a*", "${BASE_URL}/:a*?b", "$BASE_URL{/:a*}?b"),
        ("/:a", "${A:-http://Up:80/v1}/:a?b", "$A|http://Up:80/v1|{/:a}?b"),
        ("/:a", "${A:-/v1}/:a", "$A|/v1|{/:a}"),
        ("/:a", "${A:-}/:a", "$A||{/:a}"),
        ("/:a", "${A:-/a:-b}", "$A|/a:-b|"),
        ("/:a", "${upstreams.catalog}/:a", "@catalog{/:a}"),
        ("/:a", "/b?&&c=&=d", "/b?c=&=d"),
    ] {
        let parsed = Destination::parse(text, Redirect, &names(source))
            .unwrap_or_else(|mistake| panic!("{mistake}\n{}", mistake.carets(text)));
        let mut found = match &parsed.origin {
            Origin::Same => String::new(),
            Origin::Variable(Variable { name, default: None }) => format!("${name}"),
            Origin::Variable(Variable { name, default: Some(text) }) => format!("${name}|{text}|"),
            Origin::Upstream(name) => format!("@{name}"),
            Origin::Absolute { scheme, authority } => format!("{scheme}://{}", shown(authority)),
        };
        found += &shown(&parsed.path);
        let pairs: Vec<String> = parsed
            .query
            .iter()
            .map(|pair| match &pair.value {
                Some(value) => format!("{}={}", pair.name, shown(value)),
                None => pair.name.clone(),
            })
            .collect();
        if !pairs.is_empty() {
            found += &format!("?{}", pairs.join("&"));
        }
        if let Some(fragment) = &parsed.fragment {
            found += &format!("#{}", shown(fragment));
        }
        assert_eq!(found, expected, "{text}");
    }
}

#[track_caller]
fn refused(usage: DestinationUse, cases: &[(&str, &str, &str, Code, &str)]) {
    for (source, text, marked, code, fact) in cases {
        let mistake = Destination::parse(text, usage, &names(source)).expect_err(text);
        assert_eq!(
            (&text[mistake.at.clone()], mistake.code),
            (*marked, *code),
            "{text}: {mistake}"
        );
        assert!(mistake.to_string().contains(fact), "{text}: {mistake}");
    }
}

#[test]
fn va_05_va_14_what_leads_nowhere_is_refused() {
    use Code::Destination as Nowhere;
    refused(
        Redirect,
        &[
            ("/:a", "", "", Nowhere, "begins with"),
            ("/:a", "news", "n", Nowhere, "begins with"),
            ("/:a", "javascript:alert(1)", "j", Nowhere, "begins with"),
            ("/:a", "//evil.example", "//", Nowhere, "another host"),
            ("/:a", "/\\\\evil.example", "/\\", Nowhere, "another host"),
            ("/:a", "https://user:x@e.com/", "user:x@e.com", Nowhere, "credentials"),
            ("/:a", "https:///x", "", Nowhere, "missing"),
            ("/:a", "https://e.com:/x", "e.com:", Nowhere, "missing"),
            ("/:a", "https://e.com:99999/x", "e.com:99999", Nowhere, "missing"),
            ("/:a", "https://é.com/", "é.com", Nowhere, "xn--"),
            ("/:a", "https://e.com\\x", "e.com\\x", Nowhere, "no host has"),
            ("/:a", "/a/../b", "/a/../b", Nowhere, "segment"),
            ("/:a", "/a/%2e%2E", "/a/%2e%2E", Nowhere, "segment"),
            ("/:a", "/:a(\\d+)", "(", Nowhere, "no expressions"),
            ("/:a", "/(.*)", "(", Nowhere, "no expressions"),
            ("/:a", "/a{/}?", "{/}?", Nowhere, "no param"),
            ("/:a", "${}", "${", Nowhere, "missing"),
            ("/:a", "${BASE", "${", Nowhere, "missing"),
            ("/:a", "${BASE}x", "x", Nowhere, "whole URL"),
            ("/:a", "${BASE}é", "é", Nowhere, "whole URL"),
            ("/:a", "${:-/x}", "${", Nowhere, "missing"),
            ("/:a", "${A-B}", "-", Nowhere, "letters, digits"),
            ("/:a", "${A:+/x}", ":", Nowhere, "letters, digits"),
            ("/:a", "${A:-${B}}/x", "${", Nowhere, "plain text"),
            ("/:a", "${A:-x}/x", "x", Nowhere, "begins with"),
            ("/:a", "${A:-http://u:p@h}/x", "u:p@h", Nowhere, "credentials"),
            ("/:a", "${A:-http://h/?q}/x", "?", Nowhere, "query"),
            ("/:a", "${A:-/a/../b}/x", "/a/../b", Nowhere, "cannot be used"),
            ("/:a", "${A:-/a//b}/x", "/a//b", Nowhere, "cannot be used"),
            ("/:a", "${upstream.catalog}", "upstream.catalog", Nowhere, "`${upstreams.catalog}`"),
            ("/:a", "${stores.redis}", "stores.redis", Nowhere, "neither"),
            ("/:a", "${upstreams.}", "upstreams.", Nowhere, "neither"),
            ("/:a", "$${A}/x", "$", Nowhere, "begins with"),
            ("/:a", "/x/*", "*", Code::PatternSyntax, "follows neither"),
        ],
    );
    refused(Rewrite, &[("/:a", "/b#c", "#c", Nowhere, "fragment")]);
    let long = format!("/{}", "a".repeat(4096));
    let mistake = Destination::parse(&long, Redirect, &[]).expect_err("too long");
    assert_eq!(mistake.code, Code::PatternLimit);
}

#[test]
fn va_06_va_07_dc_10_dc_11_a_param_is_used_as_it_is_captured() {
    use Code::DestinationParam as Param;
    refused(
        Redirect,
        &[
            ("/:slug", "/news/:slgu", "/:slgu", Param, "did you mean `:slug`"),
            ("/a", "/news/:slug", "/:slug", Param, "capture it"),
            ("/:a/:b", "https://e.com/:zebra", "/:zebra", Param, "`:a`, `:b`"),
            ("/:a", "/b?x=:c", ":c", Param, "neither"),
            ("/:a", "https://:c.com", ":c", Param, "neither"),
            ("/(.*)", "/b/:0", "/:0", Param, "has no name"),
            ("/a/:p*", "/b/:p", "/:p", Param, "write `:p*`"),
            ("/a/:p+", "/b/:p", "/:p", Param, "write `:p+`"),
            ("/a/:p*", "/b?x=:p", ":p", Param, "write `:p*`"),
            ("/a/:p*", "/b/:p+", "/:p+", Param, "write `:p*`"),
            ("/x/:a?", "/b/:a", "/:a", Param, "write `:a?`"),
            ("/x/:a(.*)", "/b/:a", "/:a", Param, "write `:a*`"),
            ("/x/:a(.+)", "/b/:a", "/:a", Param, "write `:a+`, or `:a([^/]+)`"),
            ("/x/:a*", "https://:a.com/", ":a", Param, "part of a host"),
            ("/x/:a?", "https://:a.com/", ":a", Param, "part of a host"),
        ],
    );
    for (source, text) in [
        ("/x/:a(.+)", "/b?p=:a"),
        ("/x/:a(\\d+)", "/b/:a"),
        ("/x/:a(\\d+)", "/b/:a*"),
        ("/x/:a([^/]+)", "/b/:a"),
        ("/x/:a(.+)", "/b/:a+"),
        ("/x/:a*", "/n-:a*"),
    ] {
        assert!(Destination::parse(text, Redirect, &names(source)).is_ok(), "{source} -> {text}");
    }
}

#[test]
fn va_09_dc_12_a_header_is_checked_where_it_is_fixed() {
    let known = names("/:x");
    for (name, fact) in
        [("", "no name"), ("x y", "this name"), ("x-:y", "this name"), ("é", "this name")]
    {
        let mistake = HeaderTemplate::name(name, &known).expect_err(name);
        assert!(
            mistake.code == Code::HeaderTemplate && mistake.message.contains(fact),
            "{name}: {mistake}"
        );
    }
    for value in ["a\nb", "a\r\nx: y", "\u{0}", "é"] {
        assert!(HeaderTemplate::value(value, &known).is_err(), "{value:?}");
    }
    let value = HeaderTemplate::value("a::x*b :y :xx", &known).expect("a value");
    assert_eq!(shown(&value.pieces), "a:{:x}b :y :xx");
}
