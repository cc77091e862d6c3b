use super::support::{Entry, request};
use crate::matching::Subject;

/// What follows from a condition on `/x`: the captures, or `-` when it does not hold.
fn found(has: &[&str], missing: &[&str], names: &[&str], written: &str) -> String {
    let entry = Entry::new("/x", has, missing);
    let request = request(written);
    match entry.captures(&Subject::of(&request)) {
        None => "-".to_owned(),
        Some(captures) => {
            let texts = names.iter().filter_map(|name| captures.text(name));
            texts.collect::<Vec<_>>().join(",")
        }
    }
}

#[test]
fn hm_01_to_hm_08_conditions_hold_and_capture() {
    for (has, names, written, expected) in [
        // HM-02
        ("header:X-A", &["xa"][..], "/x\nx-a: 1", "1"),
        ("header:x-a", &["xa"], "/x\nx-b: 1", "-"),
        ("header:x-a=1, 2", &[], "/x\nx-a: 1\nx-a: 2", ""),
        ("cookie:Auth", &["Auth"], "/x\ncookie: auth=1", "-"),
        ("query:Tok", &["Tok"], "/x?tok=1", "-"),
        ("query:a b", &["ab"], "/x?a+b=1%202", "1 2"),
        ("host:=(?<sub>[a-z]+)\\.example\\.com", &["sub"], "/x\nhost: Foo.example.com:4100", "foo"),
        ("host:=example\\.com", &["host"], "/x\nhost: example.com", "example.com"),
        ("host:=example\\.com", &["host"], "/x\nhost: exampleXcom", "-"),
        ("host:=\\[::1\\]", &["host"], "/x\nhost: [::1]:80", "[::1]"),
        ("host:=a\\.b", &["host"], "http://A.b:8080/x\nhost: c.d", "a.b"),
        // HM-03
        ("header:x-a", &[], "/x\nx-a:", "-"),
        ("query:q", &[], "/x?q", "-"),
        ("query:q", &[], "/x?q=", "-"),
        ("query:q!", &["q"], "/x?q", ""),
        ("header:x-a!", &["xa"], "/x\nx-a:", ""),
        ("cookie:a!", &[], "/x\ncookie: a=", ""),
        ("cookie:a!", &[], "/x\ncookie: a", ""),
        // HM-04
        ("cookie:auth=true", &[], "/x\ncookie: auth=true", ""),
        ("cookie:auth=true", &[], "/x\ncookie: auth=trueX", "-"),
        ("cookie:auth=true", &[], "/x\ncookie: auth=TRUE", "-"),
        ("query:a=foo", &[], "/x?a=foobar", "-"),
        ("query:a=foo.*", &[], "/x?a=foobar", ""),
        ("query:a=x|foo", &[], "/x?a=xfoo", "-"),
        // HM-05
        ("query:a=2", &[], "/x?a=1&a=2", ""),
        ("query:a=1", &[], "/x?a=1&a=2", "-"),
        ("query:a", &["a"], "/x?a=1&a=", "1"),
        ("query:a", &["a"], "/x?a=1&b=3&a=2", "2"),
        // HM-06
        ("cookie:a", &["a"], "/x\ncookie: b=0; a=1; a=2", "2"),
        ("cookie:a", &["a"], "/x\ncookie: b=0\ncookie: a=1", "1"),
        ("cookie:a", &["a"], "/x\ncookie: a=2; a", "-"),
        ("cookie:a", &["a"], "/x\ncookie: a=\"1%202\"", "\"1 2\""),
        ("cookie:a", &["a"], "/x\ncookie: a=%ff", "%ff"),
        // HM-07, HM-08
        ("query:page=(?<pg>h.*)", &["pg", "page"], "/x?page=home", "home"),
        ("query:page=(?<pg>h.*)", &["pg"], "/x?page=about", "-"),
        ("cookie:a-b1_c", &["abc"], "/x\ncookie: a-b1_c=v", "v"),
        (
            "header:accept=(.*)text/markdown(.*)",
            &["accept"],
            "/x\naccept: a, text/markdown;q=1",
            "",
        ),
        ("header:a=(?:(?<n>\\d+)|x)", &["n"], "/x\na: x", ""),
        ("header:a=(?!b).*", &["a"], "/x\na: bc", "-"),
        ("header:a=(?!b).*", &["a"], "/x\na: cb", ""),
    ] {
        assert_eq!(found(&[has], &[], names, written), expected, "{has} on {written:?}");
    }
}

#[test]
fn hm_01_an_entry_needs_all_of_has_and_none_of_missing() {
    let has = ["header:x-a", "query:b=1"];
    let missing = ["header:x-skip", "cookie:c=\\d"];
    for (written, expected) in [
        ("/x?b=1\nx-a: 1", ""),
        ("/x?b=1", "-"),
        ("/x?b=2\nx-a: 1", "-"),
        ("/x?b=1\nx-a: 1\nx-skip:", ""),
        ("/x?b=1\nx-a: 1\nx-skip: 1", "-"),
        ("/x?b=1\nx-a: 1\ncookie: c=1", "-"),
        ("/x?b=1\nx-a: 1\ncookie: c=d", ""),
        ("/y?b=1\nx-a: 1", "-"),
    ] {
        assert_eq!(found(&has, &missing, &[], written), expected, "{written:?}");
    }
}

#[test]
fn hm_02_what_is_not_utf_8_is_present_all_the_same() {
    let entry = Entry::new("/x", &[], &["header:x-a!"]);
    let mut request = request("/x");
    let opaque = http::HeaderValue::from_bytes(b"\xff\xfe").expect("a value");
    request.headers_mut().insert("x-a", opaque);
    assert!(entry.captures(&Subject::of(&request)).is_none());
}
