use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};

use super::{
    super::{Cookie, Cookies},
    committed, cookie, request,
};

const EPOCH: &str = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";

#[test]
fn v36_v38_rh_161_rh_168_what_is_set_and_deleted_is_sent() {
    let cookies = request(&[b"a=1; b=2"]);
    cookies.set(cookie("s", "v")).delete("a").delete("never-sent").delete("__Host-id");
    assert_eq!(
        committed(&cookies, &[]),
        [
            "s=v; Path=/".to_owned(),
            format!("a=; Path=/; {EPOCH}"),
            format!("never-sent=; Path=/; {EPOCH}"),
            format!("__Host-id=; Path=/; {EPOCH}; Secure"),
        ]
    );
}

#[test]
fn rh_169_what_is_deleted_is_gone() {
    let cookies = request(&[b"a=1; b=2"]);
    cookies.delete("a");
    assert_eq!((cookies.get("a"), cookies.has("a"), cookies.len()), (None, false, 1));
    assert!(cookies.get_all("a").is_empty());
    cookies.set(cookie("a", "3"));
    assert_eq!(cookies.get("a").as_deref(), Some("3"));
    assert_eq!(committed(&cookies, &[]), ["a=3; Path=/"]);
}

#[test]
fn rh_170_what_is_set_is_read_back_through_every_clone() {
    let cookies = request(&[b"a=1"]);
    let clone = cookies.clone();
    cookies.set(cookie("a", "2")).set(cookie("b", "x y"));
    assert_eq!(clone.to_string(), "a=2; b=x%20y");
    assert_eq!((&clone).into_iter().count(), 2);
}

#[test]
fn rh_171_one_line_for_each_name_path_and_domain() {
    let build = |value: &str| Cookie::build("a", value);
    let cookies = Cookies::default();
    cookies
        .set(build("1").build().unwrap())
        .set(build("2").path("/x").build().unwrap())
        .set(build("3").domain("ex.com").build().unwrap())
        .set(build("4").path("").build().unwrap())
        .set(build("5").domain(".EX.com").secure(true).build().unwrap())
        .set(build("6").path("/").build().unwrap());
    assert_eq!(cookies.get("a").as_deref(), Some("6"));
    assert_eq!(cookies.get_all("a"), ["6", "2", "5", "4"]);
    assert_eq!(
        committed(&cookies, &[]),
        ["a=6; Path=/", "a=2; Path=/x", "a=5; Path=/; Domain=ex.com; Secure", "a=4"]
    );
}

#[test]
fn rh_168_rh_171_a_deletion_reaches_every_place_where_the_name_was_set() {
    let cookies = request(&[b"a=0"]);
    cookies
        .set(Cookie::build("a", "1").path("/x").secure(true).partitioned(true).build().unwrap())
        .set(Cookie::build("a", "2").domain("ex.com").http_only(true).build().unwrap())
        .delete("a");
    assert_eq!(cookies.get("a"), None);
    assert_eq!(
        committed(&cookies, &[]),
        [
            format!("a=; Path=/x; {EPOCH}; Secure; Partitioned"),
            format!("a=; Path=/; {EPOCH}; Domain=ex.com"),
            format!("a=; Path=/; {EPOCH}"),
        ]
    );
}

#[test]
fn rh_168_a_cookie_of_another_path_or_domain_can_be_deleted() {
    for (name, path, domain, line) in [
        ("a", "/", None, format!("a=; Path=/; {EPOCH}")),
        ("a", "/x", Some(".Ex.com"), format!("a=; Path=/x; {EPOCH}; Domain=ex.com")),
        ("a", "", None, format!("a=; {EPOCH}")),
        ("__Secure-a", "/x", None, format!("__Secure-a=; Path=/x; {EPOCH}; Secure")),
    ] {
        let cookies = request(&[b"a=1"]);
        cookies.delete_with(name, path, domain).expect("a cookie");
        assert_eq!(committed(&cookies, &[]), [line]);
    }
    let cookies = Cookies::default();
    for (name, path, domain) in
        [("a;", "/", None), ("a", "x", None), ("a", "/", Some("a b")), ("__Host-a", "/x", None)]
    {
        assert!(cookies.delete_with(name, path, domain).is_err(), "{name} {path} {domain:?}");
    }
    assert!(committed(&cookies, &[]).is_empty());
}

#[test]
fn rh_169_an_expired_cookie_deletes_too() {
    let cookies = request(&[b"a=1"]);
    cookies.set(Cookie::build("a", "2").max_age_seconds(0).build().unwrap());
    assert!(!cookies.has("a"));
    assert_eq!(committed(&cookies, &[]), ["a=2; Path=/; Max-Age=0"]);
}

#[test]
fn rh_171_what_is_deleted_in_one_place_is_still_set_in_another() {
    let cookies = Cookies::default();
    cookies.set(cookie("a", "1")).delete_with("a", "/old", None).expect("a cookie");
    assert_eq!(cookies.get("a").as_deref(), Some("1"));
    assert_eq!(
        committed(&cookies, &[]),
        ["a=1; Path=/".to_owned(), format!("a=; Path=/old; {EPOCH}")]
    );
}

#[test]
fn rh_172_a_name_that_no_cookie_can_have_sends_nothing() {
    let cookies = request(&["a b=1; ü=2".as_bytes()]);
    for name in ["", "a;b", "a=b", "a\r\nSet-Cookie: b", "a\0", " a"] {
        cookies.delete(name);
        assert!(cookies.set_value(name, "1").is_err());
    }
    // A browser that sent such a name can also be told to forget it.
    cookies.delete("a b").delete("ü");
    assert_eq!(
        committed(&cookies, &[]),
        [format!("a b=; Path=/; {EPOCH}"), format!("ü=; Path=/; {EPOCH}")]
    );
}

#[test]
fn rh_159_clear_deletes_everything_that_there_is() {
    let cookies = request(&[b"a=1; b=2"]);
    cookies.set(cookie("c", "3")).delete("b").clear();
    assert!(cookies.is_empty());
    assert_eq!(
        committed(&cookies, &[]),
        ["c", "b", "a"].map(|it| format!("{it}=; Path=/; {EPOCH}"))
    );
}

/// How many warnings this logs.
fn warnings(run: impl FnOnce()) -> usize {
    struct Count(Arc<AtomicUsize>);

    impl Subscriber for Count {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            *metadata.level() == Level::WARN
        }

        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, _: &Event<'_>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    let count = Arc::default();
    tracing::subscriber::with_default(Count(Arc::clone(&count)), run);
    count.load(Ordering::Relaxed)
}

#[test]
fn rh_173_what_is_set_after_the_response_changes_nothing() {
    let cookies = request(&[b"a=1"]);
    assert!(committed(&cookies, &[]).is_empty());
    let warnings = warnings(|| {
        cookies.set(cookie("b", "2")).delete("a").clear();
    });
    // Two that were called by name, and the one that there was to clear.
    assert_eq!(warnings, 3);
    assert_eq!(cookies.to_string(), "a=1");
    assert!(committed(&cookies, &[]).is_empty());
}

#[test]
fn rh_179_rh_180_the_lines_of_the_response_stay_and_count() {
    let cookies = request(&[b"z=1"]);
    cookies.set(cookie("a", "fromapi")).set(cookie("b", "fromapi"));
    assert_eq!(
        committed(&cookies, &["b=fromres; Path=/", "d=fromres; Weird=attr;Max-Age=10"]),
        ["b=fromres; Path=/", "d=fromres; Weird=attr;Max-Age=10", "a=fromapi; Path=/"]
    );
}

#[test]
fn rh_171_rh_179_the_same_name_elsewhere_is_another_cookie() {
    for (own, is_sent) in [
        ("b=own; Path=/", false),
        ("b=own; path=/; secure", false),
        ("b=own", true),
        ("b=own; Path=/x", true),
        ("b=own; Path=/; Domain=ex.com", true),
        ("B=own; Path=/", true),
        // No browser takes it, so it sets nothing.
        ("b=own; Path=/; Partitioned", true),
    ] {
        let cookies = Cookies::default();
        cookies.set(cookie("b", "store"));
        let lines = committed(&cookies, &[own]);
        assert_eq!(lines[0], own);
        assert_eq!(lines[1..].contains(&"b=store; Path=/".to_owned()), is_sent, "{own}");
    }
}

#[test]
fn no_debug_text_of_a_store_has_a_value() {
    let cookies = request(&[b"id=s3cret"]);
    cookies.set(cookie("token", "s3cret"));
    assert_eq!(format!("{cookies:?}"), r#"{"id", "token"}"#);
}
