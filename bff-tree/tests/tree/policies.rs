//! `[server]` limits, `[upstreams]` and `[[rules]]` of `bff.toml`: what is read, and what is wrong.

use std::time::Duration;

use bff_tree::{
    Revalidate, SourceTree,
    config::{Config, Networks, Reach, UpstreamUrl},
    path_pattern::{Origin, Variable},
};

use super::support::config_mistakes;

/// An app with `/`, `/api/users`, `/api/users/[id]`, `/api/files/[...path]`, `/shop/[[...filters]]`.
const APP: &str = "//- app/route.rs\n#[get] async fn index() {}\n\
    //- app/api/users/route.rs\n#[get] async fn index() {}\n\
    //- app/api/users/[id]/route.rs\n#[get] async fn index() {}\n\
    //- app/api/files/[...path]/route.rs\n#[get] async fn index() {}\n\
    //- app/shop/[[...filters]]/route.rs\n#[get] async fn index() {}\n\
    //- bff.toml\n";

fn checked(toml: &str) -> bff_tree::Checked {
    bff_tree::check(&SourceTree::from_fixture(&format!("{APP}{toml}")))
}

fn mistakes(toml: &str) -> Vec<String> {
    config_mistakes(&checked(toml))
}

#[track_caller]
fn config(toml: &str) -> Config {
    assert_eq!(mistakes(toml), Vec::<String>::new(), "{toml}");
    *checked(toml).config
}

/// Each line in a table of its own, which stands above it.
#[track_caller]
fn lines(table: &str, cases: &[(&str, &[&str])]) {
    for (line, expected) in cases {
        assert_eq!(mistakes(&format!("{table}\n{line}\n")), *expected, "{line}");
    }
}

#[test]
fn cf_17_rh_114_rh_351_limits_of_the_server_are_read() {
    let config = config(
        "[server]\nbody_limit = \"1MiB\"\ntimeout = \"30s\"\n\
         trusted_proxies = [\"10.0.0.0/8\", \"${EDGE:-::1, 192.0.2.1}\"]\n",
    );
    let body_limit = config.limits.body_limit.expect("a limit");
    assert_eq!((body_limit.value, body_limit.place.line), (Some(1_048_576), 2));
    let timeout = config.limits.timeout.expect("a timeout");
    assert_eq!((timeout.value, timeout.place.line), (Some(Duration::from_secs(30)), 3));
    let edge = Variable { name: "EDGE".to_owned(), default: Some("::1, 192.0.2.1".to_owned()) };
    assert_eq!(
        config.trusted_proxies,
        [Networks::Fixed("10.0.0.0/8".to_owned()), Networks::Variable(edge)]
    );
}

#[test]
fn cf_02_va_15_limits_of_the_server_are_checked() {
    lines(
        "[server]",
        &[
            ("timeout = \"none\"", &[]),
            ("timeout = 30", &["BFF0804 2:11"]),
            ("timeout = \"30\"", &["BFF0820 2:11"]),
            ("timeout = \"0s\"", &["BFF0820 2:11"]),
            ("timeout = \"${T}\"", &["BFF0820 2:11"]),
            ("body_limit = 1048576", &["BFF0804 2:14"]),
            ("body_limit = \"1mb\"", &["BFF0820 2:14"]),
            ("body_limit = \"-1B\"", &["BFF0820 2:14"]),
            ("concurrency = 100", &[]),
            ("concurrency = \"none\"", &[]),
            ("concurrency = 0", &["BFF0820 2:15"]),
            ("concurrency = \"100\"", &["BFF0820 2:15"]),
            ("concurrency = 1.5", &["BFF0804 2:15"]),
            ("trusted_proxies = \"${PROXIES}\"", &[]),
            ("trusted_proxies = \"10.0.0.0/8\"", &[]),
            ("trusted_proxies = []", &[]),
            ("trusted_proxies = \"${PROXIES:-}\"", &[]),
            ("trusted_proxies = 1", &["BFF0804 2:19"]),
            ("trusted_proxies = [1]", &["BFF0804 2:20"]),
            ("trusted_proxies = [\"localhost\"]", &["BFF0821 2:20"]),
            ("trusted_proxies = [\"10.1.0.0/8\"]", &["BFF0821 2:20"]),
            ("trusted_proxies = [\"${A}/8\"]", &["BFF0821 2:20"]),
            ("trusted_proxies = [\"${A:-x}\"]", &["BFF0821 2:20"]),
            ("trusted_proxies = [\"${A\"]", &["BFF0821 2:21"]),
            ("trusted_proxies = [\"${upstreams.a}\"]", &["BFF0821 2:20"]),
        ],
    );
}

#[test]
fn rh_345_what_a_rule_keeps_is_read() {
    let config = config(
        "[[rules]]\nsource = \"/api/:path*\"\nrevalidate = \"5m\"\ntags = [\"api\", \"all\"]\nvary = \"Accept-Language\"\n\
         [[rules]]\nsource = \"/api/users\"\nrevalidate = 0\n\
         [[rules]]\nsource = \"/shop/:path*\"\nrevalidate = \"none\"\n",
    );
    let kept: Vec<_> = config
        .rules
        .iter()
        .map(|rule| {
            let revalidate = rule.policy.revalidate.as_ref().expect("it is set");
            (rule.source.text(), revalidate.value, revalidate.place.line)
        })
        .collect();
    assert_eq!(
        kept,
        [
            ("/api/:path*", Revalidate::Every(Duration::from_secs(300)), 3),
            ("/shop/:path*", Revalidate::Never, 11),
            ("/api/users", Revalidate::NotStored, 8),
        ]
    );
    let policy = &config.rules[0].policy;
    let tags: Vec<_> = policy.tags.iter().map(|tag| tag.value.text()).collect();
    let vary: Vec<_> = policy.vary.iter().map(|vary| vary.value.to_string()).collect();
    assert_eq!((tags, vary), (vec!["api", "all"], vec!["accept-language".to_owned()]));
}

#[test]
fn rh_345_what_a_rule_cannot_keep_is_told() {
    lines(
        "[[rules]]\nsource = \"/api/users\"",
        &[
            ("revalidate = 60", &["BFF0820 3:14"]),
            ("revalidate = false", &["BFF0820 3:14"]),
            ("revalidate = \"0s\"", &["BFF0820 3:14"]),
            ("revalidate = 1.5", &["BFF0804 3:14"]),
            ("revalidate = \"1s\"\ntags = []", &["BFF0806 4:8"]),
            ("revalidate = \"1s\"\ntags = [1]", &["BFF0804 4:9"]),
            ("revalidate = \"1s\"\ntags = [\"a\", \"a\"]", &["BFF0806 4:14"]),
            ("revalidate = \"1s\"\ntags = [\"user:{id}\"]", &["BFF0806 4:9"]),
            ("revalidate = \"1s\"\nvary = [\"cookie\"]", &["BFF0806 4:9"]),
            ("force_static = true", &["BFF0805 1:1", "BFF0802 3:1"]),
        ],
    );
    let app = "//- app/route.rs\n#[post] async fn index() {}\n//- bff.toml\n\
               [[rules]]\nsource = \"/\"\nrevalidate = \"5m\"\n";
    let checked = bff_tree::check(&SourceTree::from_fixture(app));
    assert_eq!(config_mistakes(&checked), ["BFF0824 2:10"]);
    // What names and variants add is never overridden.
    let dead = |keys: &str| {
        mistakes(&format!(
            "[[rules]]\nsource = \"/api/:p*\"\n{keys}\n\
             [[rules]]\nsource = \"/api/:p*\"\nrevalidate = \"1s\"\ntags = \"b\"\n"
        ))
    };
    assert_eq!(dead("revalidate = \"5m\""), ["BFF0808 2:10, 5:10"]);
    assert_eq!(dead("revalidate = \"5m\"\ntags = \"a\""), [""; 0]);
}

#[test]
fn upstreams_are_read() {
    let config = config(
        "[upstreams]\nsearch_v2 = { url = \"${SEARCH_URL:-http://localhost:9200/s}\", timeout = \"5s\", \
         connect_timeout = \"500ms\", idle_timeout = \"1min\", http2 = true }\n\
         catalog = \"${CATALOG_URL}\"\nlegacy = \"http://Legacy.internal:8080/api/\"\n",
    );
    let [search, catalog, legacy] = &config.upstreams[..] else { panic!("{:?}", config.upstreams) };
    let variable = |name: &str, default: Option<&str>| {
        let default = default.map(str::to_owned);
        Some(UpstreamUrl::Variable(Variable { name: name.to_owned(), default }))
    };
    assert_eq!((&*search.name, search.line), ("search_v2", 2));
    assert_eq!(search.url, variable("SEARCH_URL", Some("http://localhost:9200/s")));
    assert_eq!(
        (search.connect_timeout, search.timeout, search.idle_timeout, search.http2),
        (
            Some(Duration::from_millis(500)),
            Some(Duration::from_secs(5)),
            Some(Duration::from_secs(60)),
            true
        )
    );
    assert_eq!((&*catalog.name, &catalog.url), ("catalog", &variable("CATALOG_URL", None)));
    let fixed = UpstreamUrl::Fixed("http://Legacy.internal:8080/api".to_owned());
    assert_eq!((&*legacy.name, &legacy.url), ("legacy", &Some(fixed)));
}

#[test]
fn cf_02_what_is_declared_is_known_also_beside_other_mistakes() {
    let names = |toml: &str| -> Vec<String> {
        let source = SourceTree::from_fixture(&format!("//- app/route.rs\n//- bff.toml\n{toml}"));
        bff_tree::check(&source).config.upstreams.iter().map(|it| it.name.clone()).collect()
    };
    let not_toml = "[upstreams]\ncat = \"${A}\"\n\n[[redirects\nsource = \"/a\"\n";
    assert_eq!(names(not_toml), ["cat"]);
    assert_eq!(names("[upstreams]\nMy-Cat = \"${A}\"\nmy_cat = \"${B}\"\n"), ["my_cat"]);
    assert_eq!(names("[upstreams]\n2nd = \"${A}\"\n"), [""; 0]);
}

#[test]
fn cf_02_rh_396_upstreams_are_checked() {
    lines(
        "[upstreams]",
        &[
            ("", &[]),
            ("Catalog = \"${A}\"", &["BFF0822 2:1"]),
            ("my-catalog = \"${A}\"", &["BFF0822 2:1"]),
            ("2nd = \"${A}\"", &["BFF0822 2:1"]),
            // What uses one under the advised name is not told again.
            (
                "My-cat = \"${A}\"\n[[rewrites.fallback]]\nsource = \"/z\"\ndestination = \"${upstreams.my_cat}/z\"",
                &["BFF0822 2:1"],
            ),
            ("Cat = \"${A}\"\ncat = \"${B}\"", &["BFF0822 2:1"]),
            ("a = 1", &["BFF0804 2:5"]),
            ("a = \"\"", &["BFF0822 2:6"]),
            ("a = \"localhost:8080\"", &["BFF0822 2:6"]),
            ("a = \"/v1\"", &["BFF0822 2:6"]),
            ("a = \"ftp://h/\"", &["BFF0822 2:6"]),
            ("a = \"http://u:p@h/\"", &["BFF0822 2:13"]),
            ("a = \"http://h/?x=1\"", &["BFF0822 2:15"]),
            ("a = \"http://h/#x\"", &["BFF0822 2:15"]),
            ("a = \"http://h/a/../b\"", &["BFF0822 2:14"]),
            ("a = \"http://h/%2E%2e/b\"", &["BFF0822 2:14"]),
            ("a = \"http://h:99999/\"", &["BFF0822 2:13"]),
            ("a = \"http://:host/\"", &["BFF0822 2:13"]),
            ("a = \"${A}/v1\"", &["BFF0822 2:10"]),
            ("a = \"${A:-}\"", &["BFF0822 2:11"]),
            ("a = \"${A:-/x}\"", &["BFF0822 2:11"]),
            ("a = \"${A:-${B}}\"", &["BFF0822 2:11"]),
            ("a = \"${upstreams.b}\"", &["BFF0822 2:18"]),
            ("a = {}", &["BFF0805 2:5"]),
            ("a = { url = \"${A}\", timeout = \"5\" }", &["BFF0820 2:31"]),
            ("a = { url = \"${A}\", timeout = \"none\" }", &["BFF0820 2:31"]),
            ("a = { url = \"${A}\", timeot = \"5s\" }", &["BFF0802 2:21"]),
            ("a = { url = \"${A}\", http2 = 1 }", &["BFF0804 2:29"]),
        ],
    );
    assert_eq!(mistakes("upstreams = []\n"), ["BFF0804 1:13"]);
}

#[test]
fn rw_30_a_rewrite_names_a_declared_upstream() {
    let rewrite = |destination: &str| {
        format!(
            "[upstreams]\ncatalog = \"${{CATALOG_URL}}\"\nlegacy = \"http://old:80/api\"\nbad = \"x\"\n\
             [[rewrites.after]]\nsource = \"/x/:p*\"\ndestination = \"{destination}\"\n"
        )
    };
    for (destination, expected) in [
        ("${upstreams.catalogue}/:p*", "BFF0823 7:15"),
        ("${upstreams.cat}", "BFF0823 7:15"),
        // The mistake of the declaration is enough.
        ("${upstreams.bad}/:p*", ""),
    ] {
        let mistakes = mistakes(&rewrite(destination));
        let mistakes: Vec<_> =
            mistakes.iter().filter(|mistake| *mistake != "BFF0822 4:8").collect();
        let expected: Vec<_> = [expected].into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(mistakes, expected, "{destination}");
    }
    let redirect = "[upstreams]\ncatalog = \"${C}\"\n[[redirects]]\nsource = \"/x\"\n\
                    destination = \"${upstreams.catalog}/\"\npermanent = true\n";
    assert_eq!(mistakes(redirect), ["BFF0706 5:15"]);
}

#[test]
fn rules_are_ordered_from_the_least_to_the_most_specific_source() {
    let sources = [
        "/:path*",
        "/((?!x).*)",
        "/api/:path*",
        "/api/:a?",
        "/api/users/:path*",
        "/api/:a/:b",
        "/api/users/:id",
        "/api/users/:id(\\\\d+)",
        "/api/users/me",
        "/api/users",
    ];
    let ordered = [
        "/:path*",
        "/((?!x).*)",
        "/api/:path*",
        "/api/:a?",
        "/api/:a/:b",
        "/api/users/:path*",
        "/api/users/:id",
        "/api/users/:id(\\d+)",
        "/api/users/me",
        "/api/users",
    ];
    let toml: String = sources
        .iter()
        .map(|source| format!("[[rules]]\nsource = \"{source}\"\ntimeout = \"5s\"\n"))
        .collect();
    let checked = checked(&toml);
    let found: Vec<_> = checked.config.rules.iter().map(|rule| rule.source.text()).collect();
    assert_eq!(found, ordered);
}

#[test]
fn a_rule_reaches_all_requests_of_a_route_or_some_or_none() {
    use Reach::{ByPath, Every};
    for (source, expected) in [
        ("/:path*", [Some(Every); 5]),
        ("/api/:path*", [None, Some(Every), Some(Every), Some(Every), None]),
        ("/api/users/:id", [None, None, Some(Every), None, None]),
        ("/api/users/me", [None, None, Some(ByPath), None, None]),
        ("/api/files/a/:p*", [None, None, None, Some(ByPath), None]),
        ("/api/:a/:b", [None, None, Some(Every), Some(ByPath), None]),
        ("/shop", [None, None, None, None, Some(ByPath)]),
        ("/shop/:p*", [None, None, None, None, Some(Every)]),
        ("/", [Some(Every), None, None, None, None]),
    ] {
        let checked = checked(&format!("[[rules]]\nsource = \"{source}\"\ntimeout = \"5s\"\n"));
        let reach = |folder: &str| {
            let route = checked.tree.routes.iter().find(|route| route.folder == folder);
            let rules = checked.config.rules_of(&route.expect(folder).pattern);
            rules.first().map(|(_, reach)| *reach)
        };
        let found =
            ["", "api/users", "api/users/[id]", "api/files/[...path]", "shop/[[...filters]]"]
                .map(reach);
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn cf_02_va_15_rules_are_checked() {
    lines(
        "[[rules]]\nsource = \"/api/:path*\"",
        &[
            ("timeout = \"5s\"", &[]),
            ("body_limit = \"64KiB\"\nheaders = { \"X-A\" = \"1\" }", &[]),
            ("timeout = \"none\"", &[]),
            ("concurrency = 10", &[]),
            ("", &["BFF0805 1:1"]),
            ("timeot = \"5s\"", &["BFF0805 1:1", "BFF0802 3:1"]),
            ("rate_limit = \"10/min\"", &[]),
            ("rate_limit = [\"10/s\", \"1000/day by fn crate::keys::tenant\"]", &[]),
            ("rate_limit = \"none\"", &[]),
            ("rate_limit = []", &["BFF0820 3:14"]),
            ("rate_limit = 10", &["BFF0804 3:14"]),
            ("rate_limit = [\"10/s\", \"10/minute\"]", &["BFF0820 3:23"]),
            ("rate_limit = [\"none\"]", &["BFF0820 3:15"]),
            ("rate_limit = \"10/s by fn tenant\"", &["BFF0820 3:14"]),
            ("cors = \"*\"", &[]),
            ("cors = \"none\"", &[]),
            ("cors = {}", &["BFF0805 3:8"]),
            ("cors = { origins = \"*\", credentials = true }", &["BFF0831 3:39"]),
            ("csrf = false", &[]),
            ("csrf = { trusted_origins = \"*\" }", &["BFF0831 3:29"]),
            ("require = \"user\"", &[]),
            ("require = [\"user\", \"fn crate::auth::admin\"]", &[]),
            ("require = \"none\"", &[]),
            ("require = []", &["BFF0806 3:11"]),
            ("require = true", &["BFF0804 3:11"]),
            ("require = [\"usr\", 1]", &["BFF0806 3:12", "BFF0804 3:19"]),
            ("require = [\"user\", \"none\"]", &["BFF0806 3:20"]),
            ("require = \"crate::auth::admin\"", &["BFF0806 3:11"]),
            ("require = \"fn admin\"", &["BFF0806 3:11"]),
            ("require = \"fn crate::auth::admin()\"", &["BFF0806 3:11"]),
            ("has = []\ntimeout = \"5s\"", &["BFF0802 3:1"]),
            ("timeout = \"5\"", &["BFF0820 3:11"]),
            ("headers = {}", &["BFF0805 3:11"]),
            ("headers = { \"x y\" = \"1\" }", &["BFF0708 3:14"]),
            ("headers = { connection = \"1\" }", &["BFF0708 3:13"]),
            ("headers = { x = \"v-:path*\" }", &["BFF0708 3:17"]),
            ("headers = { x = \"a\", X = \"b\" }", &["BFF0805 3:13, 3:22"]),
        ],
    );
    assert_eq!(mistakes("rules = 1\n"), ["BFF0804 1:9"]);
    assert_eq!(mistakes("[[rules]]\ntimeout = \"5s\"\n"), ["BFF0805 1:1"]);
    assert_eq!(mistakes("[[rules]]\nsource = \"api\"\ntimeout = \"5s\"\n"), ["BFF0701 2:11"]);
}

/// `source > keys` a line; the source stands on line 2, 5, ….
fn rules(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let (source, keys) = line.split_once(" > ").expect("a source and its keys");
        let keys = keys.replace(", ", "\n");
        format!("[[rules]]\nsource = \"{source}\"\n{keys}\n")
    });
    lines.collect()
}

#[test]
fn a_rule_that_no_route_is_under_and_one_of_which_nothing_is_left_are_found() {
    let cases: &[(&str, &[&str])] = &[
        ("/admin/:p* > timeout = \"1s\"", &["BFF0824 2:10"]),
        ("/api/user > timeout = \"1s\"", &["BFF0824 2:10"]),
        ("/api/users/a/b > timeout = \"1s\"", &["BFF0824 2:10"]),
        ("/api//users > timeout = \"1s\"", &["BFF0808 2:10"]),
        ("/api/users > timeout = \"1s\"\n/api/users > timeout = \"2s\"", &["BFF0808 2:10, 5:10"]),
        ("/api/users > timeout = \"1s\"\n/api/users > body_limit = \"2B\"", &[]),
        ("/api/:p* > timeout = \"1s\"\n/api/users > timeout = \"2s\"", &[]),
        ("/api/users/:p > timeout = \"1s\"\n/api/users/me > timeout = \"2s\"", &[]),
        ("/api/:p* > require = \"user\"\n/api/:p* > require = \"fn crate::a\"", &[]),
        ("/shop/:p* > require = \"user\"\n/shop/:p* > require = \"none\"", &["BFF0808 2:10, 5:10"]),
        (
            "/shop/:p* > timeout = \"1s\"\n/shop/:p* > timeout = \"none\", headers = { b = \"1\" }",
            &["BFF0808 2:10, 5:10"],
        ),
        ("/shop/:p* > headers = { a = \"1\" }\n/shop/:p* > headers = { b = \"1\" }", &[]),
        (
            "/shop/:p* > headers = { a = \"1\" }\n/shop/:p* > headers = { A = \"2\" }",
            &["BFF0808 2:10, 5:10"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(mistakes(&rules(text)), *expected, "{text}");
    }
}

#[test]
fn a_declared_upstream_stands_in_a_destination_as_what_it_declares() {
    let toml = "[upstreams]\nlegacy = \"http://old:80/a:b\"\n[[rewrites.after]]\n\
                source = \"/x/:p*\"\ndestination = \"${upstreams.legacy}/y/:p*\"\n";
    let checked = checked(toml);
    for rewrite in &checked.config.after {
        assert_eq!(rewrite.upstream.as_deref(), Some("legacy"));
        assert!(matches!(rewrite.destination.origin, Origin::Absolute { .. }));
    }
}

#[test]
fn security_15_security_headers_have_a_switch_each() {
    let headers = |toml: &str| checked(toml).config.security_headers;
    let some = |key, value: &str| (key, Some(value.to_owned()));
    assert_eq!(headers(""), []);
    assert_eq!(headers("security_headers = true\n"), []);
    assert_eq!(headers("security_headers = false\n").len(), 6);
    assert_eq!(
        headers(
            "[security_headers]\npermissions_policy = false\nreferrer_policy = \"no-referrer\"\n\
             content_type_options = \"nosniff\"\n"
        ),
        [
            some("content_type_options", "nosniff"),
            some("referrer_policy", "no-referrer"),
            ("permissions_policy", None),
        ]
    );
}

#[test]
fn cf_02_va_15_security_headers_are_checked() {
    lines(
        "[security_headers]",
        &[
            ("referrer_policy = false", &[]),
            ("referrer_policy = true", &["BFF0804 2:19"]),
            ("referrer_policy = 1", &["BFF0804 2:19"]),
            ("referrer_policy = \"a\\nb\"", &["BFF0708 2:21"]),
            ("content_type_options = \"sniff\"", &["BFF0806 2:24"]),
            ("csp = \"default-src 'self'\"", &["BFF0802 2:1"]),
            ("refferer_policy = false", &["BFF0802 2:1"]),
        ],
    );
    assert_eq!(mistakes("security_headers = \"none\"\n"), ["BFF0804 1:20"]);
}
