//! `bff.toml`: what is read of it, and what is wrong with it, row by row of specification sections 7 to 11.

use bff_tree::{SourceTree, config::TrailingSlash, render};
use proptest::prelude::*;

use super::support::{config_mistakes, dedent};

/// An app with `/`, `/new`, `/blog/[...all]`, `/shop/[id]`, a public file and this `bff.toml`.
const APP: &str = "//- app/route.rs\n#[get] async fn index() {}\n\
    //- app/new/route.rs\n#[get] async fn index() {}\n\
    //- app/blog/[...all]/route.rs\n#[get] async fn index() {}\n\
    //- app/shop/[id]/route.rs\n#[get] async fn index() {}\n\
    //- public/a.txt\n\
    //- bff.toml\n";

fn checked(toml: &str) -> bff_tree::Checked {
    bff_tree::check(&SourceTree::from_fixture(&format!("{APP}{}", dedent(toml))))
}

fn mistakes(toml: &str) -> Vec<String> {
    config_mistakes(&checked(toml))
}

#[track_caller]
fn all(cases: &[(&str, &[&str])]) {
    for (toml, expected) in cases {
        assert_eq!(mistakes(toml), *expected, "{toml}");
    }
}

/// A redirect with these lines in place of its own.
fn redirect(lines: &str) -> String {
    format!("[[redirects]]\n{lines}\n")
}

#[test]
fn rd_01_rd_02_rw_01_hd_01_bp_01_a_right_file_is_read_as_a_whole() {
    let toml = r#"
        [server]
        base_path = "/docs"
        trailing_slash = "redirect"

        [[redirects]]
        source = "/old/:slug"
        destination = "/news/:slug"
        permanent = true

        [[redirects]]
        source = '/n/:n(\d+)'
        destination = "${NEWS_URL}/:n"
        permanent = false
        has = [{ type = "query", key = "page", value = "(?<pg>h.*)" }]
        missing = [{ type = "header", key = "x-skip", present = true }]
        base_path = false

        [[redirects]]
        source = "/gone"
        destination = "https://example.com/"
        status = 303

        [[rewrites.before]]
        source = "/first"
        destination = "/new"

        [[rewrites.after]]
        source = "/rww/:p*"
        destination = "/blog/:p*"

        [[rewrites.fallback]]
        source = "/:path*"
        destination = "/a.txt"

        [[headers]]
        source = "/api/:path*"
        headers = { "x-cfg" = "one", "X-Cfg2" = "v-:path*" }

        [[headers]]
        source = "/api/echo"
        override = true
        headers = [{ key = "set-cookie", value = "a=1" }, { key = "set-cookie", value = "b=2" }]
    "#;
    assert_eq!(mistakes(toml), Vec::<String>::new());
    let config = checked(toml).config;
    assert_eq!(config.base_path, "/docs");
    assert_eq!(config.trailing_slash, TrailingSlash::Redirect);
    let redirects = config.redirects.iter();
    let redirects: Vec<_> = redirects
        .map(|rule| (rule.rule.source.text(), rule.status, rule.rule.below_base_path))
        .collect();
    assert_eq!(
        redirects,
        [("/old/:slug", 308, true), ("/n/:n(\\d+)", 307, false), ("/gone", 303, true)]
    );
    assert_eq!(
        (config.redirects[1].rule.has.len(), config.redirects[1].rule.missing.len()),
        (1, 1)
    );
    assert_eq!((config.before.len(), config.after.len(), config.fallback.len()), (1, 1, 1));
    let headers: Vec<_> =
        config.headers.iter().map(|rule| (rule.headers.len(), rule.overrides)).collect();
    assert_eq!(headers, [(2, false), (2, true)]);
}

#[test]
fn rw_01_rewrites_without_a_table_are_those_after_files() {
    let toml = "[[rewrites]]\nsource = \"/x\"\ndestination = \"/new\"\n";
    assert_eq!(checked(toml).config.after.len(), 1);
    assert_eq!(mistakes(toml), Vec::<String>::new());
}

#[test]
fn cf_02_va_01_va_02_va_10_keys_and_types_are_checked() {
    all(&[
        ("", &[]),
        ("fooBar = 1\n", &["BFF0802 1:1"]),
        ("base_path = \"/x\"\n[sever]\n", &["BFF0802 1:1", "BFF0802 2:2"]),
        ("[[rule]]\nsource = \"/\"\n", &["BFF0802 1:3"]),
        ("[stores]\nredis = \"redis://a\"\n", &["BFF0803 1:2"]),
        ("[server]\nport = 1\nbody_limt = \"1MiB\"\n", &["BFF0802 2:1", "BFF0802 3:1"]),
        ("redirects = 1\n", &["BFF0804 1:13"]),
        ("redirects = [1]\n", &["BFF0804 1:14"]),
        (
            "headers = \"x\"\nrewrites = 1\nserver = 2\n",
            &["BFF0804 1:11", "BFF0804 2:12", "BFF0804 3:10"],
        ),
        ("[[rewrites.beforeFiles]]\nsource = \"/a\"\n", &["BFF0802 1:12"]),
        ("a = \n", &["BFF0801 1:5"]),
        ("[[redirects]\n", &["BFF0801 1:13"]),
        ("a = 1\na = 2\n", &["BFF0801 2:1"]),
    ]);
}

#[test]
fn rd_01_rd_02_va_03_to_va_08_va_12_each_mistake_of_a_redirect_has_its_place() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["BFF0805 1:1", "BFF0805 1:1", "BFF0805 1:1"]),
        ("source = \"/a\"\ndestination = \"/b\"", &["BFF0805 1:1"]),
        ("source = \"/a\"\ndestination = \"/b\"\npermanent = true\nstatus = 301", &["BFF0805 5:1"]),
        ("source = \"/a\"\ndestination = \"/b\"\nstatus = 200", &["BFF0806 4:10"]),
        ("source = \"/a\"\ndestination = \"/b\"\nstatus = \"301\"", &["BFF0804 4:10"]),
        ("source = \"/a\"\ndestination = \"/b\"\npermanent = 1", &["BFF0804 4:13"]),
        (
            "source = \"/a\"\ndestination = \"/b\"\nstatusCode = 301",
            &["BFF0805 1:1", "BFF0802 4:1"],
        ),
        ("source = 1\ndestination = 2\nstatus = 301", &["BFF0804 2:10", "BFF0804 3:15"]),
        ("source = \"a\"\ndestination = \"/b\"\nstatus = 301", &["BFF0701 2:11"]),
        ("source = \"/a/:/b\"\ndestination = \"/b\"\nstatus = 301", &["BFF0701 2:14"]),
        ("source = '/:n(\\d++)'\ndestination = \"/b\"\nstatus = 301", &["BFF0703 2:17"]),
        ("source = \"/:n(\\\\d++)\"\ndestination = \"/b\"\nstatus = 301", &["BFF0703 2:18"]),
        ("source = \"/\\u00e9/:\"\ndestination = \"/b\"\nstatus = 301", &["BFF0701 2:19"]),
        ("source = \"/a\"\ndestination = \"b\"\nstatus = 301", &["BFF0706 3:16"]),
        ("source = \"/a\"\ndestination = \"//b\"\nstatus = 301", &["BFF0706 3:16"]),
        ("source = \"/a/:b\"\ndestination = \"/b/:c\"\nstatus = 301", &["BFF0707 3:18"]),
        ("source = \"/a/(b|c)\"\ndestination = \"/b/:0\"\nstatus = 301", &["BFF0707 3:18"]),
        ("source = \"/a/:b*\"\ndestination = \"https://x.y/:b\"\nstatus = 301", &["BFF0707 3:27"]),
        ("source = \"/a\"\ndestination = \"/b\"\nstatus = 301\nbase_path = true", &["BFF0806 5:1"]),
        ("source = \"/a\"\ndestination = \"/b\"\nstatus = 301\nlocale = false", &["BFF0802 5:1"]),
        ("source = \"/a//b\"\ndestination = \"/b\"\nstatus = 301", &["BFF0808 2:10"]),
        ("source = \"/a/../b\"\ndestination = \"/b\"\nstatus = 301", &["BFF0808 2:10"]),
    ];
    for (lines, expected) in cases {
        assert_eq!(mistakes(&redirect(lines)), *expected, "{lines}");
    }
}

#[test]
fn va_11_conditions_are_checked() {
    let cases: &[(&str, &[&str])] = &[
        ("has = 1", &["BFF0804 5:7"]),
        ("has = [1]", &["BFF0804 5:8"]),
        ("has = [{ key = \"a\" }]", &["BFF0805 5:8"]),
        ("has = [{ type = \"heder\", key = \"a\" }]", &["BFF0806 5:17"]),
        ("has = [{ type = \"header\" }]", &["BFF0705 5:8"]),
        ("has = [{ type = \"header\", key = \"a b\" }]", &["BFF0705 5:34"]),
        ("has = [{ type = \"host\" }]", &["BFF0705 5:8"]),
        ("has = [{ type = \"cookie\", key = \"a\", value = 1 }]", &["BFF0804 5:46"]),
        ("has = [{ type = \"cookie\", key = \"a\", value = \"(\" }]", &["BFF0703 5:47"]),
        ("has = [{ type = \"cookie\", kee = \"a\" }]", &["BFF0802 5:27"]),
        ("missing = [{ type = \"query\", key = \"a\", present = false }]", &["BFF0806 5:41"]),
        ("missing = [{ type = \"query\", key = \"a\", present = true }]", &[]),
    ];
    for (line, expected) in cases {
        let lines = format!("source = \"/a\"\ndestination = \"/b\"\nstatus = 301\n{line}");
        assert_eq!(mistakes(&redirect(&lines)), *expected, "{line}");
    }
}

#[test]
fn va_09_hd_01_headers_are_checked() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["BFF0805 1:1"]),
        ("headers = {}", &["BFF0805 3:11"]),
        ("headers = []", &["BFF0805 3:11"]),
        ("headers = 1", &["BFF0804 3:11"]),
        ("headers = { a = 1 }", &["BFF0804 3:17"]),
        ("headers = [{ key = \"a\" }]", &["BFF0805 3:12"]),
        ("headers = [{ name = \"a\", value = \"b\" }]", &["BFF0805 3:12", "BFF0802 3:14"]),
        ("headers = { \"x y\" = \"b\" }", &["BFF0708 3:14"]),
        ("headers = { \"x\" = \"a\\nb\" }", &["BFF0708 3:21"]),
        ("headers = { \"Content-Length\" = \"1\" }", &["BFF0708 3:13"]),
        ("headers = { \"x-a\" = \"1\", \"X-A\" = \"2\" }", &["BFF0805 3:13, 3:26"]),
        ("headers = { \"x-:path\" = \"v-:path*\" }\noverride = 1", &["BFF0804 4:12"]),
        ("headers = { \"x-:path\" = \"http://a:8080/:path\" }", &[]),
        ("headers = { \"x\" = \"a ${B} c\" }", &["BFF0708 3:22"]),
        ("headers = { \"x\" = \"$ ${ ${a b}\" }", &[]),
    ];
    for (line, expected) in cases {
        let toml = format!("[[headers]]\nsource = \"/api/:path*\"\n{line}\n");
        assert_eq!(mistakes(&toml), *expected, "{line}");
    }
}

#[test]
fn bp_01_bp_10_to_bp_15_the_server_table_is_checked() {
    let cases: &[(&str, &[&str])] = &[
        ("base_path = \"\"", &[]),
        ("base_path = \"/docs/v1.2\"", &[]),
        ("base_path = \"docs\"", &["BFF0806 2:13"]),
        ("base_path = \"/docs/\"", &["BFF0806 2:13"]),
        ("base_path = \"/\"", &["BFF0806 2:13"]),
        ("base_path = \"/a//b\"", &["BFF0806 2:13"]),
        ("base_path = \"/a/../b\"", &["BFF0806 2:13"]),
        ("base_path = \"/a?b\"", &["BFF0806 2:13"]),
        ("base_path = 1", &["BFF0804 2:13"]),
        ("trailing_slash = \"ignore\"", &[]),
        ("trailing_slash = \"require\"", &[]),
        ("trailing_slash = \"requires\"", &["BFF0806 2:18"]),
        ("trailing_slash = true", &["BFF0804 2:18"]),
    ];
    for (line, expected) in cases {
        assert_eq!(mistakes(&format!("[server]\n{line}\n")), *expected, "{line}");
    }
}

/// `source > destination` a line, as redirects or as rewrites of one table; the source stands on line 2, 6, ….
fn rules(table: &str, lines: &str) -> String {
    let permanent = if table == "redirects" { "permanent = false" } else { "" };
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (source, destination) = line.split_once(" > ").expect("two paths");
            let (destination, more) =
                destination.split_once(" ! ").unwrap_or((destination, permanent));
            let more =
                if more == permanent { more.to_owned() } else { format!("{permanent};{more}") };
            let more = more.replace(';', "\n");
            let newline = if more.contains('\n') { "" } else { "\n" };
            format!(
                "[[{table}]]\nsource = '{source}'\ndestination = '{destination}'\n{more}{newline}"
            ) + if newline.is_empty() { "\n" } else { "" }
        })
        .collect()
}

#[test]
fn rd_12_rd_13_a_redirect_that_leads_to_itself_is_a_loop() {
    let host = "has = [{ type = \"host\", value = \"a.b\" }]";
    let cookie = "missing = [{ type = \"cookie\", key = \"session\" }]";
    let header = "missing = [{ type = \"header\", key = \"x-a\" }]";
    let cases: &[(String, &[&str])] = &[
        ("/a > /a".into(), &["BFF0807 3:15"]),
        ("/a > /a?x=1#y".into(), &["BFF0807 3:15"]),
        ("/a > /a/".into(), &["BFF0807 3:15"]),
        ("/:path* > /new".into(), &["BFF0807 3:15"]),
        ("/:path* > /docs/:path*".into(), &["BFF0807 3:15"]),
        ("/blog/:p* > /blog/en/:p*".into(), &["BFF0807 3:15"]),
        ("/x-:a > /x-:a".into(), &["BFF0807 3:15"]),
        ("/a > /b\n/b > /a".into(), &["BFF0807 3:15, 7:15"]),
        ("/z > /a\n/a > /b\n/b > /a".into(), &["BFF0807 7:15, 11:15"]),
        ("/a/:x > /b/:x\n/b/:y > /c/:y\n/c/:z > /a/:z".into(), &["BFF0807 3:15, 7:15, 11:15"]),
        (format!("/:path* > /new ! {host}"), &["BFF0807 3:15"]),
        (format!("/:path* > /login ! {cookie}"), &["BFF0807 3:15"]),
        // None of these is certain.
        (format!("/:path* > /new ! {header}"), &[]),
        ("/:path((?!new$).*) > /new".into(), &[]),
        ("/a > https://example.com/a".into(), &[]),
        ("/:path* > ${NEW_URL}/:path*".into(), &[]),
        ("/blog/:slug > /blog/en/:slug".into(), &[]),
        ("/chain1 > /chain2\n/chain2 > /rw".into(), &[]),
        ("/a/x > /b\n/:p/:q > /a/:q".into(), &[]),
        ("/a > /b\n/b/:x > /a".into(), &[]),
        ("/a/:x? > /a".into(), &["BFF0807 3:15"]),
        ("/a/:x > /a".into(), &[]),
    ];
    for (lines, expected) in cases {
        assert_eq!(mistakes(&rules("redirects", lines)), *expected, "{lines}");
    }
}

#[test]
fn rd_08_a_redirect_below_one_that_takes_all_of_its_requests_is_dead() {
    let cookie = "has = [{ type = \"cookie\", key = \"a\" }]";
    let cases: &[(String, &[&str])] = &[
        ("/a > /x\n/a > /y".into(), &["BFF0808 6:10, 2:10"]),
        ("/:path((?!x).*) > /x\n/:path((?!x).*) > /x1".into(), &["BFF0808 6:10, 2:10"]),
        ("/b/:p* > /x\n/b/first > /y".into(), &["BFF0808 6:10, 2:10"]),
        ("/b/:p* > /x\n/b > /y".into(), &["BFF0808 6:10, 2:10"]),
        ("/b/:p > /x\n/b/:q/:r > /y".into(), &[]),
        ("/b/:p+ > /x\n/b > /y".into(), &[]),
        ("/b/:p? > /x\n/b/:q > /y\n/b/:q/c > /z".into(), &["BFF0808 6:10, 2:10"]),
        ("/b/first > /y\n/b/:p* > /x".into(), &[]),
        (format!("/b/:p* > /x ! {cookie}\n/b/first > /y"), &[]),
        (format!("/b > /x\n/b > /y ! {cookie}"), &["BFF0808 6:10, 2:10"]),
        (format!("/b > /x ! {cookie}\n/b > /y ! {cookie}"), &["BFF0808 7:10, 2:10"]),
    ];
    for (lines, expected) in cases {
        assert_eq!(mistakes(&rules("redirects", lines)), *expected, "{lines}");
    }
}

#[test]
fn pl_05_pl_07_rewrites_that_can_be_reached_by_way_of_others_are_no_mistake() {
    let cases: &[(&str, &[&str])] = &[
        ("/x > /new\n/x > /a.txt", &["BFF0808 6:10, 2:10"]),
        ("/:p* > /blog/:p*\n/blog/x > /new", &[]),
        ("/bf > /bf2\n/bf2 > /new?from=bf2", &[]),
        ("/:path* > /new", &[]),
    ];
    for (lines, expected) in cases {
        assert_eq!(mistakes(&rules("rewrites.before", lines)), *expected, "{lines}");
    }
}

#[test]
fn rw_05_a_rewrite_to_nothing_is_found_and_one_to_anything_is_not() {
    let cases: &[(&str, &[&str])] = &[
        ("/x > /new", &[]),
        ("/x > /new/", &[]),
        ("/x > /new?a=1", &[]),
        ("/x > /", &[]),
        ("/x > /a.txt", &[]),
        ("/x/:p* > /blog/:p*", &[]),
        ("/x/:p > /shop/:p?a=:p", &[]),
        ("/x/:p > /:p", &[]),
        ("/x/:p > /n-:p", &[]),
        ("/x > /nwe", &["BFF0809 3:15"]),
        ("/x > /a.txt/b", &["BFF0809 3:15"]),
        ("/x/:p > /shops/:p", &["BFF0809 3:15"]),
        ("/x > /shop/1/2", &["BFF0809 3:15"]),
        ("/x > /x", &["BFF0809 3:15"]),
        ("/x > /%6Eew", &[]),
    ];
    for (lines, expected) in cases {
        assert_eq!(mistakes(&rules("rewrites.after", lines)), *expected, "{lines}");
    }
}

#[test]
fn rw_07_rw_30_va_13_a_rewrite_leads_to_the_app_or_to_one_server() {
    all(&[
        ("[[rewrites.after]]\nsource = \"/x\"\ndestination = \"https://a.b/\"\n", &[]),
        ("[[rewrites.after]]\nsource = \"/x\"\ndestination = \"${A}/x\"\n", &[]),
        ("[[rewrites.after]]\nsource = \"/x\"\ndestination = \"${A}/x\"\nbase_path = false\n", &[]),
        // CVE-2026-64645: no client chooses the server.
        (
            "[[rewrites.after]]\nsource = \"/:t/x\"\ndestination = \"https://:t.a.b/\"\n",
            &["BFF0706 3:16"],
        ),
        (
            "[[rewrites.after]]\nsource = \"/x\"\ndestination = \"/new\"\nbase_path = false\n",
            &["BFF0806 4:1"],
        ),
        ("[[rewrites.after]]\nsource = \"/x\"\ndestination = \"/new#y\"\n", &["BFF0706 3:20"]),
    ]);
}

#[test]
fn va_15_a_mistake_is_shown_with_its_line() {
    let toml = redirect("source = '/n/:n(\\d+'   # digits\ndestination = \"/b\"\npermanent = true");
    let checked = checked(&toml);
    let mistake = checked.diagnostics.iter().find(|mistake| mistake.location.line == 2);
    let text = render(mistake.expect("a mistake"));
    let (_, text) = text.split_once('\n').expect("a place");
    let (place, _) = text.split_once("\n  = help").expect("a remedy");
    let line = "2 | source = '/n/:n(\\d+'   # digits\n";
    assert!(place.starts_with("  --> bff.toml:2:16\n  |\n") && place.contains(line), "{place}");
}

/// Lines near the syntax, in any order.
fn lines() -> impl Strategy<Value = String> {
    const LINES: &[&str] = &[
        "[server]",
        "base_path = \"/é\"",
        "[[redirects]]",
        "[[rewrites.before]]",
        "[rewrites]",
        "[[headers]]",
        "source = \"/a/:b*\"",
        "source = '''\n/:a'''",
        "source = \"/\\u00e9\\\\:\"",
        "destination = \"/:b\"",
        "destination = \"${A}/\"",
        "permanent = true",
        "status = 1e3",
        "headers = { \"x\" = \"\\n\" }",
        "has = [{ type = \"host\", value = \"(\" }]",
        "has = [",
        "\u{feff}",
        "a.b.c = 1",
        "source = \"/a\\\n  b:\"",
    ];
    proptest::collection::vec(proptest::sample::select(LINES), 0..12)
        .prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd_to_be_read(text in prop_oneof![lines(), "\\PC{0,60}", ".{0,60}"]) {
        let source = SourceTree::from_fixture(&format!("{APP}{text}"));
        for mistake in &bff_tree::check(&source).diagnostics {
            prop_assert!(!render(mistake).is_empty());
        }
    }
}
