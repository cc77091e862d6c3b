use super::support::{Entry, compiled, matcher, request};
use crate::matching::{ProxyMatcher, Rule, Source, Subject, without_base};

#[test]
fn mt_11_mt_12_mt_13_mt_14_mt_19_a_source_matches_whole_paths() {
    for (source, matching, others) in [
        (
            "/about",
            &["/about", "/about/"][..],
            &["/about/team", "/aboutx", "/blog/about", "/About"][..],
        ),
        ("/about/", &["/about/"], &["/about"]),
        ("/", &["/"], &["/a", "/index"]),
        ("/about/:path", &["/about/a", "/about/a/", "/about/a.txt"], &["/about", "/about/a/b"]),
        ("/about/:path*", &["/about", "/about/", "/about/a", "/about/a/b/c"], &["/aboutx"]),
        ("/about/:path+", &["/about/a", "/about/a/b"], &["/about"]),
        ("/about/:path?", &["/about", "/about/a"], &["/about/a/b"]),
        ("/about/(.*)", &["/about/", "/about/a", "/about/a/b"], &["/about"]),
        (
            "/((?!api|_next/static|_next/image|favicon.ico|sitemap.xml|robots.txt).*)",
            &["/", "/x", "/a/api", "/_next/data/b/x.json"],
            &["/api", "/api/x", "/apiary", "/_next/static/x.js", "/favicon.ico", "/faviconXico"],
        ),
        ("/((?!api|.*\\.png$).*)", &["/", "/a.png/x"], &["/a.png", "/a/b.png", "/api"]),
        ("/post/:id(\\d+)", &["/post/1"], &["/post/a", "/post/1/2"]),
        ("/:lang(en|fr)/x", &["/en/x"], &["/de/x"]),
        ("/public/:path", &["/public/index", "/public/a"], &["/public", "/public/"]),
        ("/a-:b", &["/a-1"], &["/a-", "/a-1/2"]),
        ("/a{/:b}?", &["/a", "/a/1"], &["/a/1/2"]),
        ("/file.:ext", &["/file.txt"], &["/file"]),
        ("/[slug]", &["/[slug]"], &["/a"]),
    ] {
        let source = compiled(matcher(source));
        for (paths, expected) in [(matching, true), (others, false)] {
            for path in paths {
                assert_eq!(
                    source.is_match(path),
                    Ok(expected),
                    "{:?} on {path}",
                    source.source().text
                );
            }
        }
    }
}

fn proxy(sources: &[&str], exclude: &[&str]) -> ProxyMatcher {
    let rules =
        sources.iter().map(|source| Rule { source: matcher(source), has: &[], missing: &[] });
    let rules: &'static [Rule] = Vec::leak(rules.collect());
    let exclude: &'static [Source] =
        Vec::leak(exclude.iter().map(|source| matcher(source)).collect());
    ProxyMatcher::new(Some(rules), exclude).expect("expressions that compile")
}

#[track_caller]
fn runs(matcher: &ProxyMatcher, paths: &[(&str, bool)]) {
    for (path, expected) in paths {
        let request = request(path);
        assert_eq!(matcher.runs(&Subject::of(&request)), *expected, "{path}");
    }
}

#[test]
fn mt_01_mt_02_no_matcher_is_always_and_an_empty_one_never() {
    let always = ProxyMatcher::new(None, &[]).expect("no expressions");
    runs(&always, &[("/", true), ("/a.png", true)]);
    runs(&proxy(&[], &[]), &[("/", false), ("/a", false)]);
}

#[test]
fn mt_11_mt_20_entries_are_alternatives_and_the_query_is_not_asked() {
    let matcher = proxy(&["/about", "/dashboard/:path*"], &[]);
    runs(
        &matcher,
        &[("/about?x=1", true), ("/dashboard/a/b", true), ("/a", false), ("/?/about", false)],
    );
}

#[test]
fn mt_18_the_decoded_path_matches_too() {
    let matcher = proxy(&["/café", "/admin/:path*", "/c#:x"], &[]);
    runs(
        &matcher,
        &[
            ("/caf%C3%A9", true),
            ("/caf%c3%a9/", true),
            ("/%61dmin", true),
            ("/%61dmin%2Fx", true),
            ("/%61dmin/%ff", true),
            ("/c%23d", true),
            ("/caf%C3", false),
            ("/%2561dmin", false),
        ],
    );
}

#[test]
fn mt_15_exclusions_are_of_the_path_as_received() {
    let matcher = proxy(&["/:path*"], &["/api/:path*", "/favicon.ico"]);
    runs(
        &matcher,
        &[
            ("/api", false),
            ("/api/x", false),
            ("/favicon.ico", false),
            ("/apiary", true),
            ("/faviconXico", true),
            ("/%61pi/x", true),
        ],
    );
}

#[test]
fn mt_16_bp_02_the_root_of_a_based_app_matches_like_any_root() {
    let lookahead = compiled(matcher("/((?!api).*)"));
    for (path, expected) in [
        ("/docs", Some(true)),
        ("/docs/", Some(true)),
        ("/docs/a", Some(true)),
        ("/docs/api", Some(false)),
        ("/docsx", None),
        ("/", None),
    ] {
        let found = without_base(path, "/docs").map(|path| lookahead.is_match(path) == Ok(true));
        assert_eq!(found, expected, "{path}");
    }
    assert_eq!(without_base("/a", ""), Some("/a"));
}

#[test]
fn mt_18_an_unknown_answer_runs_the_proxy() {
    // Every position of the path is a place to try both groups, which takes more steps than allowed.
    let matcher = proxy(&["/:a((?:(?=x)x+)+)-:b((?!y).*)z"], &[]);
    let path = format!("/{}", "x".repeat(4000));
    runs(&matcher, &[("/x", false), ("/xx-az", true), (&path, true)]);
}

#[test]
fn pp_12_pp_14_configured_sources_find_the_path_as_received() {
    for (source, matching, others) in [
        ("/old", &["/old", "/old/"][..], &["/OLD", "/old//", "/old/x"][..]),
        ("/café", &["/caf%C3%A9"], &["/cafe"]),
        ("/a b/:x", &["/a%20b/c"], &["/a/b"]),
        ("/a.txt-old", &["/a.txt-old"], &["/axtxt-old"]),
        ("/english\\(default\\)/:slug", &["/english(default)/x"], &["/english/x"]),
    ] {
        let entry = Entry::new(source, &[], &[]);
        for (paths, expected) in [(matching, true), (others, false)] {
            for path in paths {
                let request = request(path);
                assert_eq!(
                    entry.captures(&Subject::of(&request)).is_some(),
                    expected,
                    "{source} on {path}"
                );
            }
        }
    }
}

#[test]
fn pp_08_pp_09_captures_are_raw_text_and_absent_where_the_path_has_nothing() {
    for (source, path, captured) in [
        ("/:x", "/a%20b", &[("x", Some("a%20b"))][..]),
        ("/n/:x*", "/n", &[("x", None)]),
        ("/n/:x*", "/n/a/b", &[("x", Some("a/b"))]),
        ("/n/:x?", "/n/", &[("x", None)]),
        ("/(.*)/:y", "/a/b/c", &[("y", Some("c"))]),
        ("/:a-:b", "/1-2-3", &[("a", Some("1-2")), ("b", Some("3"))]),
        ("/a.:x", "/a.b", &[("x", Some("b"))]),
    ] {
        let source = compiled(matcher(source));
        let captures = source.captures(path).expect("few steps").expect(path);
        for (name, expected) in captured {
            assert_eq!(
                captures.text(name),
                *expected,
                "{:?} on {path}: {name}",
                source.source().text
            );
        }
    }
}
