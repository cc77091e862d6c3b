use syn::ItemFn;

use super::{Constants, Proxy, ProxyForm, ProxyMistake};
use crate::{
    SourceTree, check,
    path_pattern::{ConditionTest, Place},
    render,
};

const FUNCTION: &str = "async fn proxy(request: Request) -> Proxied {}";

fn read(function: &str, arguments: &str, file: &str) -> (Proxy, Vec<ProxyMistake>) {
    let function: ItemFn = syn::parse_str(function).expect(function);
    let arguments = arguments.parse().expect(arguments);
    let mut mistakes = Vec::new();
    let proxy = Proxy::read(&function, arguments, &Constants::of_file(file), &mut mistakes);
    (proxy, mistakes)
}

/// What is said about the arguments, a line for each mistake: message and help.
fn said(arguments: &str, file: &str) -> Vec<String> {
    let (_, mistakes) = read(FUNCTION, arguments, file);
    mistakes
        .iter()
        .map(|ProxyMistake { mistake, .. }| format!("{}: {}", mistake.message, mistake.help))
        .collect()
}

/// The texts of the sources, when nothing is wrong.
#[track_caller]
fn sources(arguments: &str, file: &str) -> Vec<String> {
    let (proxy, mistakes) = read(FUNCTION, arguments, file);
    assert!(mistakes.is_empty(), "{arguments}: {:?}", said(arguments, file));
    let rules = proxy.matcher.unwrap_or_default();
    rules.iter().map(|rule| rule.source.text().to_owned()).collect()
}

#[test]
fn mt_01_a_matcher_is_a_text_or_a_list_of_texts_and_entries() {
    for (arguments, expected) in [
        ("", &[][..]),
        (r#"matcher = "/a""#, &["/a"]),
        (r#"matcher = ["/a", r"/b\:c",]"#, &["/a", r"/b\:c"]),
        (r#"matcher = [{ source = "/a" }, "/b"]"#, &["/a", "/b"]),
        (r#"matcher = [{ source = "/a", has = [], missing = [] }]"#, &["/a"]),
        (r#"exclude = ["/a"], matcher = "/:path*","#, &["/:path*"]),
        ("matcher = []", &[]),
    ] {
        assert_eq!(sources(arguments, ""), expected, "{arguments}");
    }
    assert!(read(FUNCTION, "", "").0.matcher.is_none());
    assert!(read(FUNCTION, "matcher = []", "").0.never_runs.is_some(), "MT-02");
    assert!(read(FUNCTION, r#"matcher = ["/a"]"#, "").0.never_runs.is_none());
}

#[test]
fn mt_04_mt_20_an_entry_has_conditions() {
    let arguments = r#"matcher = [{
        source = "/:path*",
        has = [{ type = "header", key = "X-A", value = "(?<a>.+)" }, { type = "query", key = "q" }],
        missing = [{ type = "cookie", key = "s", present = true }, { type = "host", value = "a.example" }],
    }]"#;
    let (proxy, mistakes) = read(FUNCTION, arguments, "");
    assert!(mistakes.is_empty(), "{:?}", said(arguments, ""));
    let rule = &proxy.matcher.expect("a matcher")[0];
    let places = |conditions: &[crate::path_pattern::Condition]| {
        conditions.iter().map(|it| (it.place, it.key.clone())).collect::<Vec<_>>()
    };
    assert_eq!(places(&rule.has), [(Place::Header, "x-a".into()), (Place::Query, "q".into())]);
    assert_eq!(places(&rule.missing), [(Place::Cookie, "s".into()), (Place::Host, "".into())]);
    assert_eq!(rule.has[0].captured()[0].name, "a", "HM-07");
    assert_eq!(rule.has[1].test, ConditionTest::NotEmpty, "HM-03");
    assert_eq!(rule.missing[0].test, ConditionTest::Present);
}

#[test]
fn mt_07_a_text_is_a_literal_a_constant_of_the_file_or_a_concatenation() {
    let file = r#"
        //! const API: &str = "/wrong";
        /// Documented.
        pub(crate) const API: &str = "/api/:path*";
        const V1: &'static str = concat!("/v", 1);
        const SAME: &str = V1;
        const RAW: &str = r"/post/:id(\d+)";
        fn other() { const INNER: &str = "/inner"; }
    "#;
    for (text, expected) in [
        ("API", "/api/:path*"),
        ("(API)", "/api/:path*"),
        ("V1", "/v1"),
        ("SAME", "/v1"),
        ("RAW", r"/post/:id(\d+)"),
        (r#"concat!("/v", "1/:path*")"#, "/v1/:path*"),
        (r#"concat!(V1, '/', 2, true, concat!("/", "x"))"#, "/v1/2true/x"),
        (r#""\u{2f}a""#, "/a"),
    ] {
        assert_eq!(sources(&format!("matcher = {text}"), file), [expected], "{text}");
        assert_eq!(sources(&format!("matcher = [{{ source = {text} }}]"), file), [expected]);
    }
    let (proxy, _) = read(FUNCTION, "matcher = [SAME, API, API]", file);
    let used: Vec<_> = proxy.constants.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(used, ["SAME", "API"]);
}

#[test]
fn mt_07_a_text_that_is_not_known_is_refused_with_a_remedy() {
    let file = r#"
        const API: &str = "/api";
        #[cfg(a)] const TWO: &str = "/a";
        #[cfg(not(a))] const TWO: &str = "/b";
        static STATIC: &str = "/a";
        const CALLED: &str = path();
        const LOOP: &str = LOOP;
        const NUMBER: u8 = 1;
    "#;
    for (text, expected) in [
        ("APY", "there is no constant `APY` in this file: did you mean `API`?"),
        (
            "ELSEWHERE",
            "there is no constant `ELSEWHERE` in this file: declare it at the top level of this file: `const ELSEWHERE: &str = \"…\";`",
        ),
        (
            "paths::API",
            "a constant of another file is not seen here: declare it in this file, `const NAME: &str = \"…\";`, or write the text",
        ),
        (
            "TWO",
            "`TWO` is declared more than once in this file: which one is meant depends on the build; name the texts of all of them",
        ),
        (
            "STATIC",
            "`STATIC` is a static, whose value is not known when the app is compiled: write `const STATIC: &str = \"…\";`",
        ),
        (
            "CALLED",
            "the value of `CALLED` is not known: this text is not known when the app is compiled: write a string, a constant of this file, or `concat!` of these",
        ),
        (
            "LOOP",
            "the value of `LOOP` is not known: the value of `LOOP` is `LOOP` itself: give it a text",
        ),
        (
            "7",
            "this text is not known when the app is compiled: write a string, a constant of this file, or `concat!` of these",
        ),
        (
            "format!(\"/{}\", 1)",
            "this text is not known when the app is compiled: write a string, a constant of this file, or `concat!` of these",
        ),
    ] {
        assert_eq!(said(&format!("matcher = {text}"), file), [expected]);
    }
    assert_eq!(said("matcher = NUMBER", file).len(), 1);
}

#[test]
fn mt_03_mt_05_px_09_px_10_every_mistake_of_the_arguments_is_explained() {
    for (arguments, expected) in [
        ("matchers = \"/a\"", "`#[proxy]` has no key `matchers`: did you mean `matcher`?"),
        (
            "runtime = \"edge\"",
            "`#[proxy]` has no key `runtime`: remove it; a proxy runs in the app's own process",
        ),
        (
            "source = \"/a\"",
            "`#[proxy]` has no key `source`: it belongs to an entry: `matcher = [{ source = \"/path\", has = […] }]`",
        ),
        (
            "matcher = \"/a\", matcher = \"/b\"",
            "`matcher` is given twice: remove one of them; several of a kind are a list: `[…, …]`",
        ),
        (
            "matcher = { source = \"/a\" }",
            "an entry with conditions stands in a list: write brackets around it: `matcher = [{ … }]`",
        ),
        (
            "matcher = [[\"/a\"]]",
            "this is a list where a string is wanted: write `\"…\"`, a constant of this file, or `concat!` of these",
        ),
        (
            "matcher = [{ has = [] }]",
            "an entry of `matcher` lacks `source`: say which paths it is about: `source = \"/:path*\"` for all of them",
        ),
        (
            "matcher = [{ source = \"/a\", locale = false }]",
            "an entry of `matcher` has no key `locale`: remove it; there are no locales, and a source means what it says",
        ),
        (
            "exclude = [{ source = \"/a\" }]",
            "an exclusion has no conditions: write the path alone, or `missing = […]` in an entry of `matcher`",
        ),
        (
            "matcher = [{ source = \"/a\", has = { type = \"header\", key = \"a\" } }]",
            "`has` is a list of conditions: write `[{ type = \"header\", key = \"x-a\", value = \"…\" }]`; `value` is optional",
        ),
        (
            "matcher = [{ source = \"/a\", has = [\"x-a\"] }]",
            "a condition is a table: write `[{ type = \"header\", key = \"x-a\", value = \"…\" }]`; `value` is optional",
        ),
        (
            "matcher = [{ source = \"/a\", has = [{ key = \"x-a\" }] }]",
            "a condition lacks `type`: write `[{ type = \"header\", key = \"x-a\", value = \"…\" }]`; `value` is optional",
        ),
        (
            "matcher = [{ source = \"/a\", has = [{ type = \"headers\", key = \"x-a\" }] }]",
            "there is no condition on `headers`: did you mean `\"header\"`?",
        ),
        (
            "matcher = [{ source = \"/a\", has = [{ header = \"x-a\" }] }]",
            "a condition has no key `header`: write `{ type = \"header\", key = \"…\" }`",
        ),
        (
            "matcher = [{ source = \"/a\", has = [{ type = \"header\", key = \"a b\" }] }]",
            "no header or cookie can have this name: use letters, digits and `!#$%&'*+-.^_`|~`",
        ),
        (
            "matcher = [{ source = \"/a\", has = [{ type = \"cookie\" }] }]",
            "the condition has no key: name the header, cookie or query it is about",
        ),
        (
            "matcher = [{ source = \"/a\", missing = [{ type = \"host\", key = \"a\" }] }]",
            "a host has no key: remove the key",
        ),
        (
            "matcher = [{ source = \"/a\", has = [{ type = \"cookie\", key = \"a\", present = false }] }]",
            "`present` can only be `true`: remove it, or move the condition to `missing`",
        ),
        (
            "matcher(\"/a\")",
            "malformed arguments of `#[proxy]`: expected `=`: write `matcher = \"/path\"`, `matcher = [\"/a\", \"/b\"]` or `matcher = [{ source = \"/path\", has = […] }]`",
        ),
        (
            "matcher = [{ source: \"/a\" }]",
            "malformed arguments of `#[proxy]`: `source` is followed by `=`, as in `bff.toml`: write `matcher = \"/path\"`, `matcher = [\"/a\", \"/b\"]` or `matcher = [{ source = \"/path\", has = […] }]`",
        ),
    ] {
        let said = said(arguments, "");
        assert!(said.iter().any(|it| it == expected), "{arguments}: {said:#?}");
    }
}

#[test]
fn one_mistake_is_said_once_and_several_all_at_once() {
    for (arguments, count) in [
        ("matchers = [\"a\"]", 1),
        ("matcher = [\"a\", \"/:\", \"/(\"], exclude = \"/*\"", 4),
        ("matcher = [{ source = \"a\", sauce = \"/a\", has = [{}, { type = \"x\" }, {}] }]", 5),
        ("matcher = [\"\"]", 1),
    ] {
        let said = said(arguments, "");
        assert_eq!(said.len(), count, "{arguments}: {said:#?}");
    }
}

#[test]
fn va_04_carets_stand_below_the_character_in_a_literal() {
    for (text, expected) in [
        (r#""/a/:/b""#, "  | \"/a/:/b\"\n  |     ^"),
        (r##"r"/\d/:/b""##, "  | r\"/\\d/:/b\"\n  |       ^"),
        (r#""/\\d/:""#, "  | \"/\\\\d/:\"\n  |       ^"),
        (r#"concat!("/a", "/:")"#, "  | \"/a/:\"\n  |     ^"),
    ] {
        let (_, mistakes) = read(FUNCTION, &format!("matcher = {text}"), "");
        let carets = mistakes[0].carets.as_ref().expect(text).to_string();
        assert_eq!(carets, format!("  |\n{expected}"), "{text}");
    }
}

#[test]
fn va_04_the_command_line_shows_the_place_in_the_file() {
    let source = SourceTree::from_fixture(
        "//- app/route.rs\n#[get] fn index() {}\n//- proxy.rs\nuse bff::Request;\n\n#[bff::proxy(\n    matcher = [\"/a\", \"/\\\\d/:\"],\n)]\nasync fn proxy(request: Request) {}\n",
    );
    let diagnostics = check(&source).diagnostics;
    let rendered: Vec<String> = diagnostics.iter().map(render).collect();
    assert_eq!(
        rendered,
        [
            "`:` begins a param, and its name is missing [BFF0701]\n  --> proxy.rs:4:28\n  |\n4 |     matcher = [\"/a\", \"/\\\\d/:\"],\n  |                            ^\n  = help: name it with letters, digits and `_`, like `:id`, or write `\\:` for a colon"
        ]
    );
}

#[test]
fn px_05_rh_409_the_form_is_in_the_signature() {
    for (function, form) in [
        (FUNCTION, ProxyForm::Decide),
        ("fn proxy(request: Request) -> Proxied {}", ProxyForm::Decide),
        ("async fn p(request: Request, next: Next) -> Response {}", ProxyForm::Around),
        ("async fn p(r: Request, next: bff::proxy::Next) {}", ProxyForm::Around),
        ("fn p() -> impl Proxy {}", ProxyForm::Factory),
        ("fn p(State(s): State<S>) -> impl bff::proxy::Proxy + Clone {}", ProxyForm::Factory),
        ("fn p() -> impl IntoResponse {}", ProxyForm::Decide),
    ] {
        let (proxy, mistakes) = read(function, "", "");
        assert_eq!((proxy.form, mistakes.len()), (form, 0), "{function}");
    }
}

#[test]
fn a_signature_that_cannot_be_called_is_refused() {
    for (function, expected) in [
        ("async fn p(self) -> Proxied {}", "a proxy cannot take `self`"),
        ("async fn p<T>(request: Request) -> Proxied {}", "a proxy cannot be generic"),
        ("async fn p(request: impl Into<Request>) -> Proxied {}", "a proxy cannot be generic"),
        ("async unsafe fn p(request: Request) -> Proxied {}", "a proxy cannot be `unsafe`"),
        ("const fn p(request: Request) -> Proxied {}", "a proxy cannot be `const`"),
        ("extern \"C\" fn p(request: Request) -> Proxied {}", "a proxy cannot be `extern`"),
        ("async fn p(next: Next, r: Request) {}", "`Next` stands before another argument"),
        ("async fn p(next: Next) {}", "a proxy around the handler takes the request too"),
        (
            "async fn p() -> impl Proxy {}",
            "a factory cannot be `async`: it runs once, before the server listens",
        ),
        (
            "fn p(next: Next) -> impl Proxy {}",
            "a factory has no request yet, so nothing comes next",
        ),
    ] {
        let (_, mistakes) = read(function, "", "");
        let said: Vec<_> = mistakes.iter().map(|it| &*it.mistake.message).collect();
        assert_eq!(said, [expected], "{function}");
    }
}
