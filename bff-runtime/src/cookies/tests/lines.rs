//! `Set-Cookie` lines, out and in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{
    super::{Cookie, CookieBuilder, Priority, SameSite, date},
    cookie,
};

#[test]
fn v36_rh_161_rh_162_rh_164_rh_165_rh_166_rh_167_a_line_is_written_as_the_rows_say() {
    let build = || Cookie::build("s", "v");
    let cases: [(CookieBuilder, &str); 15] = [
        (build(), "s=v; Path=/"),
        (build().path(""), "s=v"),
        (build().path("/a").path("/p"), "s=v; Path=/p"),
        (build().expires(UNIX_EPOCH), "s=v; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
        (
            build().expires(UNIX_EPOCH + Duration::from_millis(1_700_000_000_999)),
            "s=v; Path=/; Expires=Tue, 14 Nov 2023 22:13:20 GMT",
        ),
        (build().domain(".Ex.COM"), "s=v; Path=/; Domain=ex.com"),
        (build().secure(true).secure(false), "s=v; Path=/"),
        (build().http_only(true), "s=v; Path=/; HttpOnly"),
        (build().same_site(SameSite::Lax), "s=v; Path=/; SameSite=lax"),
        (build().same_site(SameSite::Strict), "s=v; Path=/; SameSite=strict"),
        (build().same_site(SameSite::None).secure(true), "s=v; Path=/; Secure; SameSite=none"),
        (build().priority(Priority::Low), "s=v; Path=/; Priority=low"),
        (build().priority(Priority::Medium), "s=v; Path=/; Priority=medium"),
        (build().max_age_seconds(0), "s=v; Path=/; Max-Age=0"),
        (
            Cookie::build("s", "v w;=,é")
                .priority(Priority::High)
                .partitioned(true)
                .same_site(SameSite::Strict)
                .http_only(true)
                .secure(true)
                .domain("ex.com")
                .expires(UNIX_EPOCH)
                .path("/p"),
            "s=v%20w%3B%3D%2C%C3%A9; Path=/p; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Domain=ex.com; \
             Secure; HttpOnly; SameSite=strict; Partitioned; Priority=high",
        ),
    ];
    for (builder, line) in cases {
        assert_eq!(builder.build().expect(line).to_string(), line);
    }
}

#[test]
fn v37_rh_163_a_lifetime_is_written_as_max_age_and_as_expires() {
    let now = SystemTime::now();
    for seconds in [60, 1, -1, 86_400] {
        let cookie = Cookie::build("s", "v").expires(UNIX_EPOCH).max_age_seconds(seconds);
        let line = cookie.build().expect("a cookie").to_string();
        let expected = (0..=5).map(|late| {
            let expires = date::formatted(date::after(now, seconds + late));
            format!("s=v; Path=/; Expires={expires}; Max-Age={seconds}")
        });
        assert!(expected.into_iter().any(|it| it == line), "{line}");
    }
}

#[test]
fn rh_163_no_lifetime_is_too_long_or_rounded_to_nothing() {
    let line = |age| Cookie::build("s", "v").max_age(age).build().expect("a cookie").to_string();
    assert!(line(Duration::from_nanos(1)).ends_with("; Max-Age=1"));
    assert!(line(Duration::ZERO).ends_with("Path=/; Max-Age=0"));
    let longest = format!("Fri, 31 Dec 9999 23:59:59 GMT; Max-Age={}", i64::MAX);
    assert!(line(Duration::MAX).ends_with(&longest));
    let shortest = Cookie::build("s", "v").max_age_seconds(i64::MIN).build().expect("a cookie");
    assert!(shortest.to_string().contains("Expires=Thu, 01 Jan 1970 00:00:00 GMT"), "{shortest}");
}

#[test]
fn rh_178_a_line_is_read_as_browsers_do() {
    let none = |name: &str, value: &str| Cookie::build(name, value).path("");
    let cases: [(&str, CookieBuilder); 20] = [
        ("a=1", none("a", "1")),
        (" a = b c ;", none("a", "b c")),
        ("a=%20b%20", none("a", " b ")),
        ("a=\"b\"", none("a", "\"b\"")),
        ("a=b=c", none("a", "b=c")),
        ("a=1; Weird=attr; weird", none("a", "1")),
        ("a=1; PATH = /x ; path=/y", none("a", "1").path("/y")),
        ("a=1; Path=/x; Path=x", none("a", "1")),
        ("a=1; Path", none("a", "1")),
        ("a=1; Domain=.EX.com", none("a", "1").domain("ex.com")),
        ("a=1; Domain=ex.com; Domain=", none("a", "1")),
        ("a=1; Max-Age=10; Max-Age=x", none("a", "1").max_age_seconds(10)),
        ("a=1; Max-Age=-99999999999999999999", none("a", "1").max_age_seconds(i64::MIN)),
        ("a=1; Max-Age=99999999999999999999", none("a", "1").max_age_seconds(i64::MAX)),
        ("a=1; Max-Age=+1; Max-Age=1.5; Max-Age=", none("a", "1")),
        ("a=1; Expires=Thu, 01-Jan-70 00:00:00 GMT", none("a", "1").expires(UNIX_EPOCH)),
        ("a=1; Expires=never", none("a", "1")),
        ("a=1;secure=no;HTTPONLY", none("a", "1").secure(true).http_only(true)),
        ("a=1; SameSite=Strict; SameSite=true", none("a", "1")),
        (
            "a=1; Secure; SameSite=NONE; Partitioned; Priority=High; Priority=huge",
            none("a", "1")
                .secure(true)
                .same_site(SameSite::None)
                .partitioned(true)
                .priority(Priority::High),
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(Cookie::parse_set_cookie(line), expected.build(), "{line}");
    }
}

#[test]
fn rh_178_an_attribute_that_is_too_long_is_passed_over() {
    let read = |length: usize| {
        let line = format!("a=1; Path=/{}", "x".repeat(length - 1));
        Cookie::parse_set_cookie(line).expect("a cookie").path().map(str::len)
    };
    assert_eq!(read(1024), Some(1024));
    assert_eq!(read(1025), None);
}

#[test]
fn a_line_that_no_browser_takes_is_an_error() {
    for line in ["", ";", "=1", "value", " =", "a=1; SameSite=None", "a=1; Partitioned"] {
        assert!(Cookie::parse_set_cookie(line).is_err(), "{line}");
    }
    for line in ["a=\0", "a\x01=1", "a=1; Path=/\x7f", "a=1\n", "a=1\r\nSet-Cookie: b=2"] {
        assert!(Cookie::parse_set_cookie(line).is_err(), "{line:?}");
    }
    for line in ["__Host-a=1; Path=/", "__HOST-a=1; Secure", "__secure-a=1"] {
        let error = Cookie::parse_set_cookie(line).expect_err(line);
        assert!(error.is_contradiction(), "{error}");
    }
}

#[test]
fn no_debug_text_has_a_value() {
    let cookie = cookie("name", "s3cret");
    let text = format!("{cookie:?} {:?} {:?}", cookie.clone().into_builder(), Some(&cookie));
    assert!(text.contains("name") && !text.contains("s3cret"), "{text}");
}
