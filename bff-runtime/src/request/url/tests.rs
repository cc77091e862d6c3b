use std::borrow::Cow;

use axum::{
    body::Body,
    extract::{OriginalUri, Request},
};
use http::Uri;
use proptest::prelude::*;

use super::*;
use crate::RequestExt;

mod callback;

/// A request for `sent`, of which routing has left `uri`.
fn request(sent: &str, uri: &str) -> Request {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri.parse().unwrap();
    request.headers_mut().insert("host", "example.com".parse().unwrap());
    let sent: Uri = sent.parse().unwrap();
    request.extensions_mut().insert(OriginalUri(sent));
    request
}

fn url(sent: &str, uri: &str) -> Url {
    request(sent, uri).url()
}

#[test]
fn rh_124_rh_130_rh_131_rh_132_a_url_is_what_the_client_sent() {
    for (sent, uri, base, path, query) in [
        ("/", "/", "", "/", None),
        ("/?", "/?", "", "/", Some("")),
        ("/a/b?x=1", "/a/b?x=1", "", "/a/b", Some("x=1")),
        ("/%E6%97%A5/x%2Fy/", "/%E6%97%A5/x%2Fy/", "", "/%E6%97%A5/x%2Fy/", None),
        ("/a?s=a+b%20c&s=", "/a?s=a+b%20c&s=", "", "/a", Some("s=a+b%20c&s=")),
        ("/base/api/e/", "/api/e/", "/base", "/api/e/", None),
        ("/base/a/a", "/a/a", "/base", "/a/a", None),
        ("/a/a", "/a", "/a", "/a", None),
        ("/base", "/", "/base", "/", None),
        ("/base?q", "/?q", "/base", "/", Some("q")),
        ("/base/", "/", "/base", "/", None),
        ("/base//a", "/a", "/base", "/a", None),
        ("/t/acme/x", "/x", "/t/acme", "/x", None),
        // Somebody has replaced the URI by hand.
        ("/a", "/b", "", "/a", None),
        ("*", "*", "", "/", None),
        ("//evil.test/x", "//evil.test/x", "", "//evil.test/x", None),
    ] {
        let url = url(sent, uri);
        assert_eq!((url.base_path(), url.path(), url.raw_query()), (base, path, query), "{sent}");
        let sent = if sent == "*" { "/" } else { sent };
        assert_eq!(url.href(), format!("http://example.com{sent}"));
        assert_eq!(url.to_string(), url.href());
        assert_eq!(url.origin().to_string(), "http://example.com");
        assert_eq!(url.rewritten(), None);
    }
}

#[test]
fn rfc9113_8_3_1_the_host_of_the_target_is_the_host() {
    let url = url("https://other.test:8443/base/x?y", "https://other.test:8443/x?y");
    assert_eq!(url.href(), "https://other.test:8443/base/x?y");
    assert_eq!(url.base_path(), "/base");
}

#[test]
fn rh_045_rh_138_a_rewrite_leaves_the_url_of_the_client() {
    let mut request = request("/base/old/zz?q=1", "/old/zz?q=1");
    rewrite(&mut request, "/x/zz?from=zz".parse().unwrap());
    rewrite(&mut request, "/y?from=x".parse().unwrap());
    assert_eq!(request.uri(), "/y?from=x");
    let url = request.url();
    assert_eq!(url.href(), "http://example.com/base/old/zz?q=1");
    assert_eq!((url.base_path(), url.path(), url.raw_query()), ("/base", "/old/zz", Some("q=1")));
    let rewritten = url.rewritten().unwrap();
    assert_eq!(rewritten.href(), "http://example.com/base/y?from=x");
    assert_eq!((rewritten.base_path(), rewritten.path()), ("/base", "/y"));
}

#[test]
fn segments_are_decoded_once() {
    for (path, expected) in [
        ("/", &[][..]),
        ("/a", &["a"]),
        ("/a/b%20c/", &["a", "b c"]),
        ("/x%2Fy/%2520/%FF", &["x/y", "%20", "\u{FFFD}"]),
        ("/a+b", &["a+b"]),
    ] {
        assert_eq!(url(path, path).segments().collect::<Vec<_>>(), expected, "{path}");
    }
}

#[test]
fn rh_129_query_pairs_keep_their_order_and_are_decoded_once() {
    let url = url("/?s=a+b%20c&n=&s=2&flag&%26=%253D", "/?s=a+b%20c&n=&s=2&flag&%26=%253D");
    assert_eq!(url.raw_query(), Some("s=a+b%20c&n=&s=2&flag&%26=%253D"));
    let pairs: Vec<_> = url.query().into_iter().collect();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(pairs, [("s", "a b c"), ("n", ""), ("s", "2"), ("flag", ""), ("&", "%3D")]);
    for (name, first, all) in [
        ("s", Some("a b c"), &["a b c", "2"][..]),
        ("n", Some(""), &[""]),
        ("flag", Some(""), &[""]),
        ("&", Some("%3D"), &["%3D"]),
        ("S", None, &[]),
    ] {
        assert_eq!(url.query().get(name).as_deref(), first, "{name}");
        assert_eq!(url.query().get_all(name).collect::<Vec<_>>(), all, "{name}");
        assert_eq!(url.query().has(name), first.is_some(), "{name}");
    }
    assert_eq!(url.query().parse::<Vec<(String, String)>>().unwrap().len(), 5);
}

#[test]
fn rh_133_rh_135_rh_205_a_change_makes_another_url() {
    type Change = fn(&Url) -> Url;
    let base = url("/base/a?x=1&y=2&x=3", "/a?x=1&y=2&x=3");
    let changes: &[(Change, &str)] = &[
        (|url| url.with_path("/b"), "/base/b?x=1&y=2&x=3"),
        (|url| url.with_path("b c/é"), "/base/b%20c/%C3%A9?x=1&y=2&x=3"),
        (|url| url.with_path("/a?b#c%20").without_query(), "/base/a%3Fb%23c%20"),
        (|url| url.with_path("/../../b/./c").without_query(), "/base/b/c"),
        (|url| url.with_path("//evil.test").without_query(), "/base/evil.test"),
        (|url| url.with_path("/\\evil.test\r\n").without_query(), "/base/%5Cevil.test%0D%0A"),
        (|url| url.with_path("").without_query(), "/base"),
        (|url| url.with_path("/").with_base_path(""), "/?x=1&y=2&x=3"),
        (|url| url.with_query_pair("x", 5), "/base/a?x=5&y=2"),
        (|url| url.with_query_pair("z", "a b&=#é"), "/base/a?x=1&y=2&x=3&z=a+b%26%3D%23%C3%A9"),
        (|url| url.and_query_pair("x", ""), "/base/a?x=1&y=2&x=3&x="),
        (|url| url.without_query_pair("x"), "/base/a?y=2"),
        (|url| url.without_query_pair("x").without_query_pair("y"), "/base/a"),
        (|url| url.without_query().with_query_pair("a", 1), "/base/a?a=1"),
        (|url| url.with_base_path("other").without_query(), "/other/a"),
        (|url| url.with_base_path("/other/").without_query(), "/other/a"),
        (|url| url.with_base_path("").without_query(), "/a"),
        (|url| url.with_base_path("//evil.test").without_query(), "/evil.test/a"),
    ];
    for (change, expected) in changes {
        assert_eq!(change(&base).href(), format!("http://example.com{expected}"));
    }
    assert_eq!(base.href(), "http://example.com/base/a?x=1&y=2&x=3");
}

#[test]
fn rh_139_rh_205_a_reference_is_resolved_inside_the_app() {
    let base = url("/base/a/b?x=1", "/a/b?x=1");
    for (reference, expected) in [
        ("/login", "/base/login"),
        ("/login?from=/a b#top", "/base/login?from=/a%20b#top"),
        ("c", "/base/a/c"),
        ("./c/", "/base/a/c/"),
        ("../c", "/base/c"),
        ("../../../c", "/base/c"),
        ("/..", "/base"),
        ("/?x#y", "/base?x#y"),
        ("/%2e%2e/c", "/base/c"),
        ("", "/base/a/b?x=1"),
        ("#top", "/base/a/b?x=1#top"),
        ("?y=2", "/base/a/b?y=2"),
        ("?", "/base/a/b?"),
        ("/é/%20/%", "/base/%C3%A9/%20/%"),
        ("/a:b", "/base/a:b"),
        ("?u=https://evil.test", "/base/a/b?u=https://evil.test"),
        ("/a//b", "/base/a/b"),
        ("/@evil.test", "/base/@evil.test"),
        ("@evil.test", "/base/a/@evil.test"),
        (" //evil.test", "/base/a/%20/evil.test"),
        ("http://example.com/base/c?d", "/base/c?d"),
        ("HTTP://EXAMPLE.com:80/base", "/base"),
    ] {
        let joined = base.join(reference).unwrap_or_else(|error| panic!("{reference}: {error}"));
        assert_eq!(joined.href(), format!("http://example.com{expected}"), "{reference}");
    }
}

#[test]
fn security_1_5_a_reference_that_leaves_the_app_is_refused() {
    let base = url("/base/a", "/a");
    for reference in [
        "//evil.test",
        "//example.com/base/a",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "https://evil.test",
        "https://example.com/base/a",
        "http://example.com:8080/base/a",
        "http://example.com@evil.test/base/a",
        "http://example.com.evil.test/base/a",
        "http://example.com/",
        "http://example.com/basement",
        "http://example.com/base/../x",
        "http:/evil.test",
        "http:evil.test",
        "javascript:alert(1)",
        "data:text/html,x",
        "/a\r\nset-cookie: a=b",
        "/\t/evil.test",
        "\u{0}",
        "/\u{7f}",
    ] {
        assert_eq!(base.join(reference).unwrap_err().status(), 400, "{reference:?}");
    }
}

/// What resolvers have been deceived with.
fn reference() -> impl Strategy<Value = String> {
    "(/|//|\\\\|\\.\\.|%2e|%2F|%5C|https?:|@|:|\\?|#|evil\\.test|example\\.com|/base|\\t|\\r\\n| |\\PC){0,8}"
}

proptest! {
    #[test]
    fn security_1_5_no_reference_and_no_change_leaves_the_origin(text in reference(), base in "(/base|/b/c|)") {
        let url = url(&format!("{base}/a"), "/a");
        let start = format!("http://example.com{base}");
        let joined = url.join(&text).ok();
        for url in joined.into_iter().chain([url.with_path(&text), url.with_query_pair(&text, &text)]) {
            let href = url.href();
            prop_assert!(href.starts_with(&start), "{}", href);
            let path = &href[start.len()..];
            prop_assert!(path.is_empty() || path.starts_with(['/', '?', '#']), "{}", href);
            prop_assert!(!path.starts_with("//"), "{}", href);
            prop_assert!(href.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{}", href);
            prop_assert!(!url.segments().any(|segment| segment == ".."), "{}", href);
            prop_assert!(href.parse::<Uri>().is_ok(), "{}", href);
        }
        prop_assert!(!url.with_base_path(&text).href().starts_with("http://example.com//"));
    }

    #[test]
    fn rh_129_query_pairs_that_were_added_are_read_back(pairs: Vec<(String, String)>) {
        let start = url("/", "/");
        let url = pairs.iter().fold(start, |url, (name, value)| url.and_query_pair(name, value));
        let read: Vec<_> = url.query().iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        prop_assert_eq!(&read, &pairs);
        if let Some((name, _)) = pairs.first() {
            let one = url.with_query_pair(name, "only");
            prop_assert_eq!(one.query().get_all(name).collect::<Vec<_>>(), [Cow::Borrowed("only")]);
            prop_assert!(!url.without_query_pair(name).query().has(name));
        }
    }

    #[test]
    fn any_uri_makes_a_url(sent in "/[!-~]{0,20}", uri in "/[!-~]{0,20}") {
        if let (Ok(sent), Ok(uri)) = (sent.parse::<Uri>(), uri.parse::<Uri>()) {
            let url = url(&sent.to_string(), &uri.to_string());
            prop_assert_eq!(url.href(), format!("http://example.com{sent}"));
            let _ = (url.segments().count(), url.query().iter().count());
        }
    }
}
