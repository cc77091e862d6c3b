//! What holds for every request.

use bff_tree::path_pattern::DestinationUse::{Redirect, Rewrite};
use proptest::{prelude::*, sample::select, test_runner::FileFailurePersistence};

use super::support::{Entry, variable};
use crate::matching::{ResolvedDestination, Subject};

/// Failures are kept in this file's own words, not in a file of seeds.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

/// Text of which traversals, second queries and other hosts are made.
fn hostile() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a",
        "..",
        ".",
        "/",
        "\\",
        "?",
        "#",
        "&",
        "=",
        "%",
        "%2e",
        "%2F",
        "%5c",
        "%0d%0a",
        "\r\n",
        ":",
        "@",
        ";",
        "é",
        "\u{0}",
        " ",
        "+",
        "//",
        "evil.example",
        "[",
        "]",
        "\u{2028}",
        "http:",
        "'",
        "\"",
    ];
    prop_oneof![
        3 => proptest::collection::vec(select(PIECES), 0..6).prop_map(|pieces| pieces.concat()),
        1 => "(?s).{0,12}",
    ]
}

/// The path of a request holds none of these.
fn hostile_segment() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| text.replace(['/', '?', '#', '\r', '\n', '\0', ' '], ""))
}

fn form_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

struct Case {
    entry: Entry,
    /// A destination, its fixed segments around the captured one, and the origin that it must keep.
    destinations: Vec<(ResolvedDestination, usize, Option<&'static str>)>,
}

fn case() -> Case {
    let entry = Entry::new("/s/:x", &["query:q", "header:x-h", "cookie:c"], &[]);
    let destinations = [
        ("/t/:x/u", Redirect, 3, None),
        ("/t/:q/u", Redirect, 3, None),
        ("/:xh", Redirect, 1, None),
        ("/t-:c", Rewrite, 1, None),
        ("http://up:1/t/:q/:xh", Rewrite, 3, Some("http://up:1")),
        ("/t?a=:q&b=:c#:xh", Redirect, 1, None),
        ("/t", Rewrite, 1, None),
    ];
    let destinations = destinations.into_iter().map(|(text, usage, segments, origin)| {
        (entry.destination(text, usage).resolve(variable).expect("no variable"), segments, origin)
    });
    Case { destinations: destinations.collect(), entry }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn dc_14_a_capture_adds_no_segment_query_fragment_host_or_dot_segment(
        segment in hostile_segment(), query in hostile(), header in hostile(), cookie in hostile(),
    ) {
        thread_local!(static CASE: Case = case());
        CASE.with(|case| {
            let path = format!("/s/{segment}");
            let query = format!("q={}", form_encoded(&query));
            let mut headers = http::HeaderMap::new();
            // Whatever a header can hold at all.
            for (name, value) in [("x-h", header), ("cookie", format!("c={}", form_encoded(&cookie)))] {
                if let Ok(value) = http::HeaderValue::from_bytes(value.as_bytes()) {
                    headers.insert(name, value);
                }
            }
            let subject = Subject { path: &path, query: Some(&query), host: None, headers: &headers };
            let Some(captures) = case.entry.captures(&subject) else { return Ok(()) };
            for (destination, segments, origin) in &case.destinations {
                let Ok(target) = destination.fill(&captures, subject.query) else { continue };
                prop_assert_eq!(target.origin.as_deref(), *origin);
                prop_assert_eq!(target.path[1..].split('/').count(), *segments, "{}", target);
                let decoded = target.path.replace("%2e", ".").replace("%2E", ".");
                prop_assert!(!decoded.split('/').any(|segment| segment == "." || segment == ".."), "{}", target);
                let url = target.to_string();
                prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{}", url);
                prop_assert!(!url.contains('\\') && !url.starts_with("//"), "{}", url);
                prop_assert_eq!(url.matches('#').count(), usize::from(target.fragment.is_some()), "{}", url);
                prop_assert!(!target.path.contains('?'), "{}", url);
                let parsed: http::Uri = url.parse().expect("a URI");
                prop_assert_eq!(parsed.path(), &target.path);
                prop_assert!(target.query.as_deref().unwrap_or("").split('&').all(|pair| {
                    matches!(pair.split('=').next(), Some("q" | "a" | "b" | "x" | "xh" | "c"))
                }), "{}", url);
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_request_is_matched_without_panic(path in "(?s)/.{0,40}", query in hostile(), cookie in hostile()) {
        thread_local!(static ENTRIES: Vec<Entry> = [
            "/:a/:b*", "/((?!api|.*\\.png$).*)", "/:x--:y", "/a{/:b}?", "/:x(\\w+)/(.*)", "/",
        ].iter().map(|source| Entry::new(source, &["query:q=(?<n>.*)", "cookie:c"], &["header:x"])).collect());
        ENTRIES.with(|entries| {
            let mut headers = http::HeaderMap::new();
            if let Ok(value) = http::HeaderValue::from_bytes(format!("c={cookie}").as_bytes()) {
                headers.insert("cookie", value);
            }
            let query = format!("q={query}");
            let subject = Subject { path: &path, query: Some(&query), host: Some(&query), headers: &headers };
            for entry in entries {
                entry.captures(&subject);
            }
        });
    }
}
