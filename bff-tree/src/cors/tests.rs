use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use syn::Expr;

use super::{AllowedHeaders, Cors, Origins, of_list, of_value};
use crate::{AllowedOrigin, Mistake};

/// What `cors = value`, or `cors(list)` for a text in parentheses, comes to, and each mistake as `code message; help`.
fn read(text: &str) -> (Option<Option<Cors>>, Vec<String>) {
    let mut mistakes: Vec<Mistake> = Vec::new();
    let key = Ident::new("cors", Span::call_site());
    let list = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let cors = match list {
        Some(list) => of_list(&key, list.parse::<TokenStream>().expect("tokens"), &mut mistakes),
        None => {
            of_value(&key, &syn::parse_str::<Expr>(text).expect("an expression"), &mut mistakes)
        }
    };
    let told =
        mistakes.iter().map(|it| format!("{} {}; {}", it.code.as_str(), it.message, it.help));
    (cors, told.collect())
}

fn exact(origins: &[&str]) -> Origins {
    Origins::Listed(origins.iter().map(|it| AllowedOrigin::Exact((*it).to_owned())).collect())
}

fn plain(origins: Origins) -> Cors {
    Cors {
        origins,
        credentials: false,
        allow_headers: AllowedHeaders::Asked,
        expose_headers: Vec::new(),
        max_age: Duration::from_secs(600),
        private_network: false,
    }
}

#[test]
fn rh_401_a_policy_is_an_origin_or_a_list_or_keys() {
    let all = Cors {
        credentials: true,
        allow_headers: AllowedHeaders::Listed(vec!["x-a".to_owned(), "content-type".to_owned()]),
        expose_headers: vec!["etag".to_owned()],
        max_age: Duration::from_secs(3600),
        private_network: true,
        ..plain(exact(&["https://a.example"]))
    };
    let wild = Origins::Listed(vec![AllowedOrigin::Subdomains {
        scheme: "https://".to_owned(),
        domain: ".example.com".to_owned(),
    }]);
    for (text, expected) in [
        (r#""https://a.example""#, Some(plain(exact(&["https://a.example"])))),
        (
            r#"["https://a.example", "http://localhost:3000"]"#,
            Some(plain(exact(&["https://a.example", "http://localhost:3000"]))),
        ),
        (r#""https://*.example.com""#, Some(plain(wild))),
        (r#""*""#, Some(plain(Origins::Any))),
        (r#"["*"]"#, Some(plain(Origins::Any))),
        (r#""none""#, None),
        (
            r#"(origins = "*", max_age = "0s")"#,
            Some(Cors { max_age: Duration::ZERO, ..plain(Origins::Any) }),
        ),
        (
            r#"(origins = ["https://a.example"], credentials = true, allow_headers = ["X-A", "content-type"],
                expose_headers = "ETag", max_age = "1h", private_network = true)"#,
            Some(all),
        ),
        (
            r#"(origins = "*", expose_headers = "*", allow_headers = [],)"#,
            Some(Cors {
                allow_headers: AllowedHeaders::Listed(Vec::new()),
                expose_headers: vec!["*".to_owned()],
                ..plain(Origins::Any)
            }),
        ),
    ] {
        assert_eq!(read(text), (Some(expected), Vec::new()), "{text}");
    }
}

#[test]
fn attack_22_what_browsers_refuse_or_nobody_should_allow_is_a_mistake() {
    for (text, expected) in [
        (
            r#"(origins = "*", credentials = true)"#,
            &["BFF0831 `credentials` and `\"*\"` exclude each other"][..],
        ),
        (r#"["*", "https://a.example"]"#, &["BFF0831 `*` is every origin"]),
        (r#"["https://a.example", "none"]"#, &["BFF0831 `none` stands alone"]),
        (
            r#"["https://a.example", "https://a.example"]"#,
            &["BFF0831 `https://a.example` is listed twice"],
        ),
        (r#""null""#, &["BFF0830 `null` is the origin of any page"]),
        (
            r#"["https://a.example/", "b.example"]"#,
            &[
                "BFF0830 an origin ends with its host",
                "BFF0830 an origin begins with its scheme; write `https://b.example`",
            ],
        ),
        ("[]", &["BFF0831 no origin is listed"]),
        ("()", &["BFF0311 `cors` lacks `origins`"]),
        ("false", &["BFF0311 `cors` is an origin or a list of origins; write `cors = \"none\"`"]),
        ("true", &["BFF0311 `cors` is an origin or a list of origins; list the origins"]),
        ("7", &["BFF0311 `cors` is a string or a list of strings"]),
        ("[7]", &["BFF0311 an item of `cors` is a string"]),
        (
            r#"(origin = "*")"#,
            &["BFF0309 `cors` has no key `origin`; write `origins`", "BFF0311 `cors` lacks"],
        ),
        (
            r#"(origins = "*", credential = true)"#,
            &["BFF0309 `cors` has no key `credential`; did you mean `credentials`?"],
        ),
        (
            r#"(origins = "*", methods = ["GET"])"#,
            &["BFF0309 `cors` has no key `methods`; remove it; the methods are those of the route"],
        ),
        (r#"(origins = "*", origins = "*")"#, &["BFF0311 `origins` is given twice"]),
        (r#"(origins = "*", credentials = "yes")"#, &["BFF0311 `credentials` is true or false"]),
        (r#"(origins = "*", max_age = 600)"#, &["BFF0311 `max_age` is a string"]),
        (
            r#"(origins = "*", max_age = "3h")"#,
            &["BFF0311 browsers keep no answer for `3h`; write \"2h\""],
        ),
        (r#"(origins = "*", max_age = "none")"#, &["BFF0311 browsers keep no answer for ever"]),
        (
            r#"(origins = "*", max_age = "1500ms")"#,
            &["BFF0311 `1500ms` is no whole number of seconds"],
        ),
        (r#"(origins = "*", max_age = "1 h")"#, &["BFF0311 `1 h` has no unit of duration"]),
        (r#"(origins = "*", allow_headers = "*")"#, &["BFF0831 a star does not mean every header"]),
        (r#"(origins = "*", allow_headers = ["cookie"])"#, &["BFF0831 no page sets this header"]),
        (
            r#"(origins = "*", allow_headers = ["x a", "", "X-B", "x-b"])"#,
            &["BFF0831 `x a` is no name", "BFF0831 `` is no name", "BFF0831 `x-b` is listed twice"],
        ),
        (r#"(origins = "*", expose_headers = ["*", "etag"])"#, &["BFF0831 `*` is every header"]),
        (
            r#"(origins = "https://a.example", credentials = true, expose_headers = "*")"#,
            &["BFF0831 beside `credentials`, a star is no star"],
        ),
        (
            r#"(origins = "*", expose_headers = "Set-Cookie")"#,
            &["BFF0831 no page can read this header"],
        ),
        ("(origins)", &["BFF0311 malformed keys of `cors`"]),
    ] {
        let (_, told) = read(text);
        let fits = told.len() == expected.len()
            && told.iter().zip(expected).all(|(found, start)| found.starts_with(start));
        assert!(fits, "{text}: {told:#?}");
    }
}
