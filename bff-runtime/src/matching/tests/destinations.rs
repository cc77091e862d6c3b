use bff_tree::path_pattern::DestinationUse::{self, Redirect, Rewrite};

use super::support::{Entry, request, variable};
use crate::matching::Subject;

/// `source -> destination`, and what requests lead to; `-` when the rule does not apply.
#[track_caller]
fn check(usage: DestinationUse, rule: &str, has: &[&str], requests: &[(&str, &str)]) {
    let (source, destination) = rule.split_once(" -> ").expect("an arrow");
    let entry = Entry::new(source, has, &[]);
    for (written, expected) in requests {
        let found = entry.leads(destination, usage, &request(written));
        assert_eq!(found.as_deref().unwrap_or("-"), *expected, "{rule} on {written:?}");
    }
}

#[test]
fn dc_01_to_dc_05_rd_04_rd_05_redirects_lead_where_the_vectors_say() {
    for (rule, requests) in [
        ("/old -> /rw", &[("/old", "/rw"), ("/old?q=1", "/rw?q=1"), ("/old/", "/rw")][..]),
        ("/old-t/:slug -> /news/:slug", &[("/old-t/x%20y?z=1", "/news/x%20y?z=1")]),
        ("/old-w/:p* -> /new/:p*", &[("/old-w", "/new"), ("/old-w/a/b%2Fc", "/new/a/b%2Fc")]),
        (
            "/old-q -> /new?a=1&b=2",
            &[("/old-q?a=9&c=3", "/new?a=1&c=3&b=2"), ("/old-q", "/new?a=1&b=2")],
        ),
        ("/old-h -> /new#frag", &[("/old-h", "/new#frag"), ("/old-h?a=1", "/new?a=1#frag")]),
        (
            "/old-ext/:x -> https://:x.example.com/p?x=:x",
            &[("/old-ext/foo", "https://foo.example.com/p?x=foo")],
        ),
        ("/old-rx/:n(\\d{1,}) -> /n/:n", &[("/old-rx/12", "/n/12"), ("/old-rx/ab", "-")]),
        ("/old-un/(.*) -> /unn", &[("/old-un/zz", "/unn")]),
        ("/CaseMe -> /case", &[("/CaseMe", "/case"), ("/caseme", "-"), ("/CASEME", "-")]),
        ("/a.txt-old -> /x", &[("/axtxt-old", "-")]),
        ("/chain1 -> /chain2", &[("/chain1", "/chain2")]),
        ("/:y*/end -> /w?w=:y*", &[("/a/b/end", "/w?w=a/b"), ("/end", "/w?w=")]),
        ("/a/:p* -> /n-:p*", &[("/a/b/c", "/n-bc")]),
        ("/a/:p* -> /n{-:p}*", &[("/a/b/c", "/n-b-c"), ("/a", "/n")]),
        ("/a/:p(.*) -> /b/:p*", &[("/a/b/c/d", "/b/b/c/d"), ("/a/", "/b"), ("/a//x", "/b/x")]),
        ("/a{/:p}? -> /b/:p?", &[("/a", "/b"), ("/a/x", "/b/x")]),
        ("/a/:p -> /b/:p?x=1", &[("/a/c", "/b/c?x=1")]),
        ("/a/:p -> /b?at=12:30&p=:p", &[("/a/c", "/b?at=12:30&p=c")]),
        ("/a -> https://e.com", &[("/a?x=1", "https://e.com/?x=1")]),
        ("/a -> https://E.com:8443?y", &[("/a?x=1", "https://e.com:8443/?x=1&y")]),
        ("/a -> https://[::1]:8080/x", &[("/a", "https://[::1]:8080/x")]),
    ] {
        check(Redirect, rule, &[], requests);
    }
}

#[test]
fn hm_07_hm_08_dc_08_captures_of_conditions_are_encoded() {
    for (rule, has, requests) in [
        (
            "/h -> /has/:pg",
            "query:page=(?<pg>h.*)",
            &[("/h?page=home", "/has/home?page=home"), ("/h?page=about", "-")][..],
        ),
        (
            "/h -> /hasq/:tok",
            "query:tok",
            &[
                ("/h?tok=A%20B", "/hasq/A%20B?tok=A%20B"),
                ("/h?tok=A%0D%0AX-Y:1", "/hasq/A%0D%0AX-Y:1?tok=A%0D%0AX-Y:1"),
                ("/h?tok=/evil.example", "/hasq/%2Fevil.example?tok=/evil.example"),
                ("/h?tok=%5Cevil", "/hasq/%5Cevil?tok=%5Cevil"),
                ("/h?tok=1&tok=2", "/hasq/2?tok=1&tok=2"),
                ("/h?tok=%25", "/hasq/%25?tok=%25"),
                ("/h?tok=%2e%2e", "400"),
                ("/h?tok=.", "400"),
            ],
        ),
        ("/h -> /all/:tok*", "query:tok", &[("/h?tok=1&tok=a/b", "/all/1/a%2Fb?tok=1&tok=a/b")]),
        (
            "/h -> /:tok",
            "query:tok",
            &[("/h?tok=/evil.example", "/%2Fevil.example?tok=/evil.example")],
        ),
        (
            "/h -> /host/:sub",
            "host:=(?<sub>[a-z]+)\\.example\\.com",
            &[("/h\nhost: Foo.example.com:4100", "/host/foo")],
        ),
        (
            "/h -> https://:host/new",
            "host:=www\\..*",
            &[("/h\nhost: www.e.com", "https://www.e.com/new")],
        ),
    ] {
        check(Redirect, rule, &[has], requests);
    }
}

#[test]
fn dc_14_no_value_reaches_beyond_its_place() {
    let header = |value: &str| format!("/t\nx-tenant: {value}");
    for (value, expected) in [
        ("a", "http://up/tenants/a/data"),
        ("../admin", "http://up/tenants/..%2Fadmin/data"),
        ("a?x=1#", "http://up/tenants/a%3Fx=1%23/data"),
        ("..", "400"),
        (".", "400"),
        ("%2e%2e", "http://up/tenants/%252e%252e/data"),
        ("a\\..\\b", "http://up/tenants/a%5C..%5Cb/data"),
        ("@evil.com:80", "http://up/tenants/@evil.com:80/data"),
    ] {
        let written = header(value);
        check(
            Rewrite,
            "/t -> http://up/tenants/:xtenant/data",
            &["header:x-tenant"],
            &[(&written, expected)],
        );
    }
    for (path, expected) in [
        ("/tp/..%2fadmin", "http://up/tenants/..%2fadmin/data"),
        ("/tp/%2e%2E", "400"),
        ("/tp/..", "400"),
        ("/tp/a;b=%zz", "http://up/tenants/a;b=%25zz/data"),
    ] {
        check(Rewrite, "/tp/:x -> http://up/tenants/:x/data", &[], &[(path, expected)]);
    }
    check(Redirect, "/d/:x -> /.:x", &[], &[("/d/.", "400"), ("/d/a", "/.a")]);
}

#[test]
fn dc_03_a_host_takes_labels_only() {
    let rule = "/e/:x -> https://:x.example.com/p";
    for (path, expected) in [
        ("/e/foo", "https://foo.example.com/p"),
        ("/e/Foo", "https://foo.example.com/p"),
        ("/e/a.b", "https://a.b.example.com/p"),
        ("/e/evil.com%2f", "400"),
        ("/e/a%20b", "400"),
        ("/e/a@b", "400"),
        ("/e/a:1", "400"),
        ("/e/.", "400"),
        ("/e/a..b", "400"),
    ] {
        check(Redirect, rule, &[], &[(path, expected)]);
    }
}

#[test]
fn dc_05_dc_06_dc_07_rw_03_rw_33_queries_of_rewrites_are_merged() {
    for (rule, requests) in [
        ("/rwp1/:a/:b -> /api/dyn/:a", &[("/rwp1/1/2?q=0", "/api/dyn/1?q=0")][..]),
        ("/rwp2/:a/:b -> /api/dyn/:a?b=:b", &[("/rwp2/1/2", "/api/dyn/1?b=2")]),
        (
            "/rwp/:a/:b -> /rw",
            &[
                ("/rwp/1/2", "/rw?a=1&b=2"),
                ("/rwp/1/2?b=9&c=3", "/rw?b=2&c=3&a=1"),
                ("/rwp/x&y=1/a+b%26", "/rw?a=x%26y%3D1&b=a%2Bb%26"),
            ],
        ),
        ("/rwl/:p* -> /rw", &[("/rwl/a/b", "/rw?p=a&p=b"), ("/rwl", "/rw")]),
        ("/rwd/:a -> /rw?a=0", &[("/rwd/1", "/rw?a=0")]),
        (
            "/lang/:l(en|fr)/:rest* -> /api/dyn/:l?rest=:rest*",
            &[("/lang/en/x/y", "/api/dyn/en?rest=x/y"), ("/lang/de/x", "-")],
        ),
        (
            "/ext-rw -> http://up/base/ext?from=cfg",
            &[("/ext-rw?me=1", "http://up/base/ext?me=1&from=cfg")],
        ),
        (
            "/ext-rw/:p* -> http://up/base/:p*",
            &[
                ("/ext-rw/a/b?c=d", "http://up/base/a/b?c=d"),
                ("/ext-rw?x=%20a&y=b+c&z=%2F&&", "http://up/base?x=%20a&y=b+c&z=%2F&&"),
            ],
        ),
        ("/bf2 -> /rw?from=bf2", &[("/bf2", "/rw?from=bf2")]),
    ] {
        check(Rewrite, rule, &[], requests);
    }
    // A redirect never appends.
    check(Redirect, "/rwp/:a -> /rw", &[], &[("/rwp/1", "/rw")]);
}

#[test]
fn rd_14_a_variable_is_read_when_the_server_starts() {
    for (rule, requests) in [
        (
            "/ext/:path* -> ${CATALOG_URL}/:path*",
            &[
                ("/ext/a/b?c", "http://catalog:9000/base/a/b?c"),
                ("/ext", "http://catalog:9000/base"),
            ][..],
        ),
        ("/e -> ${CATALOG_URL}", &[("/e", "http://catalog:9000/base")]),
        ("/e/:x -> ${PREFIX}/:x", &[("/e/a", "/v2/a")]),
        // CF-04: a default counts where the variable is not set, or empty.
        ("/e/:x -> ${CATALOG_URL:-http://x}/:x", &[("/e/a", "http://catalog:9000/base/a")]),
        ("/e/:x -> ${UNSET:-http://Up:80/b/}/:x", &[("/e/a", "http://up:80/b/a")]),
        ("/e/:x -> ${EMPTY:-/b}/:x", &[("/e/a", "/b/a")]),
        ("/e/:x -> ${UNSET:-}/:x", &[("/e/a", "/a")]),
        ("/e -> ${UNSET:-}", &[("/e", "/")]),
    ] {
        check(Rewrite, rule, &[], requests);
    }
    let entry = Entry::new("/a", &[], &[]);
    for (value, what) in [
        (None, "is not set"),
        (Some(""), "is empty"),
        (Some("catalog"), "is not an `http`"),
        (Some("ftp://catalog/"), "is not an `http`"),
        (Some("https://user:secret@catalog"), "holds credentials"),
        (Some("https://catalog/?x=1"), "query or a fragment"),
        (Some("https://catalog/#x"), "query or a fragment"),
        (Some("//catalog"), "holds a path"),
        (Some("not a url"), "neither a URL nor a path"),
    ] {
        let error = entry
            .destination("${SECRET}/x", Redirect)
            .resolve(|_| value.map(str::to_owned))
            .expect_err("a variable that cannot be used")
            .to_string();
        assert!(error.contains(what) && !error.contains("secret@"), "{value:?}: {error}");
    }
}

#[test]
fn dc_09_bp_30_no_target_of_this_app_begins_with_two_slashes() {
    let entry = Entry::new("/o/:a(.*)", &[], &[]);
    let fixed = entry.destination("/:a*/x", Redirect).resolve(variable).expect("no variable");
    for path in ["/o/", "/o//", "/o///evil.example", "/o/%2Fevil"] {
        let request = request(path);
        let subject = Subject::of(&request);
        let captures = entry.captures(&subject).unwrap_or_default();
        let target = fixed.fill(&captures, None).expect("a target").to_string();
        assert!(target.starts_with('/') && !target.contains("//"), "{path}: {target}");
    }
}
