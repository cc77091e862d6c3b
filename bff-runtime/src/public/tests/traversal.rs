//! No path gives what is not in the folder.

use http::Uri;
use proptest::prelude::*;

use super::*;

/// What paths are made of that lead elsewhere somewhere: dots, separators and escapes of several systems and
/// several depths, drives, devices, streams, NUL, and the names that are there.
const PARTS: &[&str] = &[
    "/",
    "//",
    "\\",
    "%2f",
    "%2F",
    "%5c",
    "%252f",
    "%c0%af",
    "%u2215",
    "%e2%88%95",
    ".",
    "..",
    "...",
    "%2e",
    "%2E%2e",
    ".%2e",
    "%252e%252e",
    "%c0%ae",
    "..;",
    "..%00",
    "%00",
    "%0a",
    "%0d%0a",
    "%20",
    ":",
    "C:",
    "c%3a",
    "C$",
    "//?/",
    "%3f",
    "::$DATA",
    "con",
    "NUL",
    "aux.txt",
    "lpt1",
    "~",
    "~1",
    "$HOME",
    "%",
    "%zz",
    "%ff",
    "\u{e9}",
    "public",
    "secret.txt",
    "etc",
    "passwd",
    ".env",
    ".git",
    "config",
    "a.txt",
    "A.TXT",
    "dir",
    "sub",
    "index.html",
    "noext",
    ".well-known",
    "x",
    "x.js",
    ".br",
    ".gz",
    "[x].txt",
    "a%20b.txt",
    "%C3%A9.txt",
    "*",
    "+",
    "&",
    "=",
    "@",
];

/// Every file of the folder by the one spelling of its path; what else is asked for is not there.
fn expected(path: &str) -> Option<&'static [u8]> {
    let encoded = |name: &str| {
        let encode = |part| percent_encoding::utf8_percent_encode(part, ENCODED).to_string();
        name.split('/').map(encode).collect::<Vec<_>>().join("/")
    };
    let path = path.strip_prefix('/')?;
    let path = path.strip_suffix('/').unwrap_or(path);
    let same = |other: &str| {
        other.eq_ignore_ascii_case(path) && without_escapes(other) == without_escapes(path)
    };
    let found = FILES.iter().find(|(name, _)| *name == path || same(&encoded(name)));
    found.map(|(_, bytes)| *bytes)
}

/// What is escaped in a name, so that the digits of escapes alone may differ in case.
const ENCODED: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'%').add(b'[').add(b']');

fn without_escapes(path: &str) -> String {
    path.split('%')
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.get(2..).unwrap_or("") })
        .collect()
}

async fn check(public: &Public, way: &str, path: &str) {
    let Some(found) = public.find(path) else {
        assert_eq!(expected(path), None, "{path} {way}");
        return;
    };
    let mut request = request("GET", "/", &[]);
    if let Ok(uri) = path.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    let response = found.answer(&request).await;
    let status = response.status().as_u16();
    let body = body(response).await;
    assert_ne!(body, SECRET, "{path} {way}");
    assert!(matches!(status, 200 | 308), "{status} {path} {way}");
    if status == 200 {
        assert_eq!(Some(&*body), expected(path), "{path} {way}");
    }
}

/// Runs a property that has to wait.
fn block_on(property: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(property);
}

#[test]
fn pf_12_bp_31_no_path_of_any_spelling_gives_what_is_not_in_the_folder() {
    let site = Site::new();
    let ways = site.each_way();
    let part = prop::sample::select(PARTS);
    let paths = prop::collection::vec(part, 0..9).prop_map(|parts| format!("/{}", parts.concat()));
    proptest!(ProptestConfig::with_cases(2_000), |(path in paths)| {
        block_on(async {
            for (way, public) in &ways {
                check(public, way, &path).await;
            }
        });
    });
}

#[test]
fn pf_12_bp_31_no_text_at_all_gives_what_is_not_in_the_folder() {
    let site = Site::new();
    let ways = site.each_way();
    proptest!(ProptestConfig::with_cases(2_000), |(path in "(/?\\PC{0,3}|%[0-9a-f]{2}|\\.|/a.txt){0,12}")| {
        block_on(async {
            for (way, public) in &ways {
                check(public, way, &path).await;
            }
        });
    });
}
