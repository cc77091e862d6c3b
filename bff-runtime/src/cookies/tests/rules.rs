use super::super::{Cookie, CookieBuilder, CookieError, SameSite};

fn check(builder: CookieBuilder, is: fn(&CookieError) -> bool, text: &str) {
    let error = builder.build().expect_err(text);
    assert!(is(&error), "{error}");
    assert_eq!(error.to_string(), text);
}

#[test]
fn rh_172_a_name_is_a_token() {
    for name in ["a", "A1", "!#$%&'*+-.^_`|~", "__hostile", "_"] {
        assert!(Cookie::new(name, "").is_ok(), "{name}");
    }
    for foreign in "\0\t\r\n \"(),/:;<=>?@[\\]{}\u{7f}\u{85}é\u{2028}".chars() {
        for name in [format!("{foreign}"), format!("a{foreign}"), format!("{foreign}b")] {
            let error = Cookie::new(name, "").expect_err("a name that is no token");
            assert!(error.is_invalid_name(), "{error}");
            assert!(!error.to_string().contains(['\n', '\r', '\0']), "{error}");
        }
    }
}

#[test]
fn rh_172_an_error_says_what_is_wrong() {
    let is = CookieError::is_invalid_name;
    check(Cookie::build("", ""), is, "cookie ``: a cookie needs a name");
    check(Cookie::build("bad name;", ""), is, "cookie `bad name;`: ' ' cannot stand in a name");
    let long = Cookie::new(format!("{};", "é".repeat(99)), "").expect_err("not ASCII");
    assert_eq!(long.name(), format!("{}…", "é".repeat(64)));
}

#[test]
fn an_attribute_cannot_hold_anything_else() {
    let is = CookieError::is_invalid_attribute;
    let build = || Cookie::build("a", "");
    for path in ["x", " /", "/x;y", "/x\r\nSet-Cookie: b=1", "/é", "/a b", "/\0", "/\u{2028}"] {
        assert!(build().path(path).build().is_err_and(|it| is(&it)), "{path}");
    }
    for domain in ["", ".", "a..b", "a.", "a b", "a;b", "https://a", "a:80", "a/b", "é.com", "a\n"]
    {
        assert!(build().domain(domain).build().is_err_and(|it| is(&it)), "{domain}");
    }
    for domain in ["localhost", "a.b-c.example", "a_b.example", "127.0.0.1", "xn--bcher-kva.de"] {
        assert!(build().domain(domain).build().is_ok(), "{domain}");
    }
}

#[test]
fn rh_166_what_browsers_refuse_together_is_refused() {
    let is = CookieError::is_contradiction;
    let build = || Cookie::build("a", "");
    let none = build().same_site(SameSite::None);
    check(none.clone(), is, "cookie `a`: `SameSite=None` needs `Secure`");
    check(build().partitioned(true), is, "cookie `a`: `Partitioned` needs `Secure`");
    assert!(none.partitioned(true).secure(true).build().is_ok());
}

#[test]
fn prefixes_keep_their_promise() {
    let is = CookieError::is_contradiction;
    for name in ["__Secure-a", "__secure-a", "__SECURE-"] {
        let insecure = Cookie::build(name, "");
        check(
            insecure.clone(),
            is,
            &format!("cookie `{name}`: a name with `__Secure-` needs `Secure`"),
        );
        assert!(insecure.secure(true).path("/x").domain("a.b").build().is_ok());
    }
    for name in ["__Host-a", "__host-a", "__hOsT-"] {
        let secure = Cookie::build(name, "").secure(true);
        for (builder, rule) in [
            (secure.clone().secure(false), "needs `Secure`"),
            (secure.clone().path("/x"), "needs `Path=/`"),
            (secure.clone().path(""), "needs `Path=/`"),
            (secure.clone().domain("a.b"), "has no `Domain`"),
        ] {
            check(builder, is, &format!("cookie `{name}`: a name with `__Host-` {rule}"));
        }
        assert!(secure.build().is_ok());
    }
}

#[test]
fn what_is_larger_than_browsers_keep_is_refused() {
    let is = CookieError::is_too_large;
    let cookie = |value: String| Cookie::build("a", value);
    assert!(cookie("x".repeat(4095)).build().is_ok());
    check(
        cookie("x".repeat(4096)),
        is,
        "cookie `a`: name and value take 4097 bytes, more than the 4096 that browsers keep",
    );
    // A space takes three.
    assert!(cookie(" ".repeat(1365)).build().is_ok());
    assert!(cookie(" ".repeat(1366)).build().is_err_and(|it| is(&it)));
    check(
        cookie(String::new()).path("/".repeat(1025)),
        is,
        "cookie `a`: `Path` takes 1025 bytes, more than the 1024 that browsers read",
    );
    assert!(cookie(String::new()).domain("a".repeat(1025)).build().is_err_and(|it| is(&it)));
}
