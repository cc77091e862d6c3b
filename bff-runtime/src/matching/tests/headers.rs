use super::support::{Entry, request};
use crate::matching::Subject;

#[test]
fn hd_03_dc_12_header_templates_are_filled_and_encoded() {
    for (source, has, template, written, expected) in [
        ("/api/:path*", &[][..], "X-Cfg2: v-:path*", "/api/echo", "x-cfg2: v-echo"),
        ("/api/:path*", &[], "X-Cfg2: v-:path*", "/api/dyn/x", "x-cfg2: v-dyn/x"),
        ("/api/:path*", &[], "X-Cfg2: v-:path", "/api/dyn/x", "x-cfg2: v-dyn/x"),
        ("/api/:path*", &[], "X-Cfg2: v-:path*", "/api", "x-cfg2: v-"),
        ("/api/dyn/:slug", &[], "x-slug-:slug: s", "/api/dyn/x", "x-slug-x: s"),
        ("/api/dyn/:slug", &[], "x-slug-:slug: s", "/api/dyn/a%20b", "x-slug-a%20b: s"),
        ("/api/dyn/:slug", &[], "x-slug-:slug: s", "/api/dyn/a@b", "400"),
        (
            "/api/dyn/:slug",
            &["header:x-who=(?<who>a.+)"],
            "x-who-out: hi-:who",
            "/api/dyn/x\nx-who: abc",
            "x-who-out: hi-abc",
        ),
        ("/:x", &[], "report-to: http://a:8080/:x", "/b", "report-to: http://a:8080/b"),
        (
            "/:x",
            &[],
            "x-y: default-src 'self'; img-src *",
            "/b",
            "x-y: default-src 'self'; img-src *",
        ),
        (
            "/:x",
            &["query:q"],
            "x-q: :q",
            "/b?q=a%0D%0Aset-cookie:%20x=1",
            "x-q: a%0D%0Aset-cookie: x=1",
        ),
        ("/:x", &["query:q"], "x-q: :q", "/b?q=%C3%A9", "x-q: %C3%A9"),
    ] {
        let entry = Entry::new(source, has, &[]);
        let (name, value) = template.split_once(": ").expect("a colon");
        let template = entry.header(name, value);
        let request = request(written);
        let captures = entry.captures(&Subject::of(&request)).expect(written);
        let found = match template.fill(&captures) {
            Ok((name, value)) => format!("{name}: {}", value.to_str().expect("ASCII")),
            Err(_) => "400".to_owned(),
        };
        assert_eq!(found, expected, "{source} on {written:?}");
    }
}

#[test]
fn hd_03_a_template_without_params_is_fixed() {
    let entry = Entry::new("/:x", &[], &[]);
    assert!(entry.header("x-a", "b :y").is_fixed());
    assert!(!entry.header("x-a", ":x").is_fixed());
    assert!(!entry.header("x-:x", "1").is_fixed());
}
