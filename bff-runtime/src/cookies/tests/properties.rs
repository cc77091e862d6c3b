use http::{HeaderMap, HeaderValue, header};
use proptest::prelude::*;

use super::{
    super::{Cookie, CookieError, Cookies, Priority, SameSite},
    request,
};

/// Set in one response, sent in the next request.
fn sent_back(cookie: &Cookie) -> Cookies {
    let line = cookie.to_string();
    let pair = line.split(';').next().expect("a pair");
    request(&[pair.as_bytes()])
}

fn any_attributes() -> impl Strategy<Value = Cookie> {
    let same_site = prop::option::of(prop::sample::select(vec![
        SameSite::Strict,
        SameSite::Lax,
        SameSite::None,
    ]));
    let priority = prop::option::of(prop::sample::select(vec![
        Priority::Low,
        Priority::Medium,
        Priority::High,
    ]));
    let texts =
        ("[!#-'*+.0-9A-Z^-z|~-]{1,20}", any::<String>(), "(/[!-:<-~]{0,20})?", "[a-z.]{0,9}");
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (texts, prop::option::of(any::<i64>()), flags, same_site, priority).prop_filter_map(
        "what no browser keeps",
        |((name, value, path, domain), max_age, flags, same_site, priority)| {
            let (secure, http_only, partitioned) = flags;
            let mut builder = Cookie::build(name, value)
                .path(path)
                .secure(secure)
                .http_only(http_only)
                .partitioned(partitioned);
            if !domain.is_empty() {
                builder = builder.domain(domain);
            }
            if let Some(seconds) = max_age {
                builder = builder.max_age_seconds(seconds);
            }
            if let Some(same_site) = same_site {
                builder = builder.same_site(same_site);
            }
            if let Some(priority) = priority {
                builder = builder.priority(priority);
            }
            builder.build().ok()
        },
    )
}

/// Without the `Expires` that is written beside a lifetime, which depends on the time.
fn comparable(mut cookie: Cookie) -> Cookie {
    if cookie.max_age().is_some() {
        cookie.attributes.expires = None;
    }
    cookie
}

fn reread(cookie: &Cookie) -> Result<Cookie, CookieError> {
    Cookie::parse_set_cookie(cookie.to_string()).map(comparable)
}

/// Bytes that have a good chance to be taken for a line.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(vec![
            "; Path=/",
            "; Domain=",
            ".",
            "; Max-Age=",
            "; Expires=",
            "; Secure",
            "; SameSite=none",
            "; Partitioned",
            "; Priority=low",
            "__Host-",
            "=",
            " ",
            "\t",
            "%",
            "%41",
            "1",
            "9999",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "é",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn rh_153_rh_162_every_value_comes_back(name in "[!#-'*+.0-9A-Z^-z|~-]{1,20}", value in any::<String>()) {
        prop_assume!(!name.starts_with("__"));
        let cookie = Cookie::new(&name, &value).expect("short enough");
        prop_assert_eq!(sent_back(&cookie).get(&name), Some(value));
        prop_assert!(HeaderValue::try_from(cookie.to_string()).is_ok());
    }

    #[test]
    fn rh_172_no_name_or_value_adds_an_attribute_or_a_line(name in any::<String>(), value in any::<String>()) {
        if let Ok(cookie) = Cookie::new(name, value) {
            let line = cookie.to_string();
            prop_assert!(line.ends_with("; Path=/"));
            prop_assert_eq!(line.matches(';').count(), 1);
            prop_assert!(line.bytes().all(|it| (b' '..=b'~').contains(&it)));
        }
    }

    #[test]
    fn rh_178_a_cookie_is_read_as_it_was_written(cookie in any_attributes()) {
        prop_assert_eq!(reread(&cookie), Ok(cookie));
    }

    #[test]
    fn rh_178_whatever_is_read_is_written_to_be_read_again(line in any_line()) {
        if let Ok(cookie) = Cookie::parse_set_cookie(line).map(comparable) {
            prop_assert_eq!(reread(&cookie), Ok(cookie.clone()));
            prop_assert_eq!(cookie.to_header_value().as_bytes().is_empty(), false);
        }
    }

    #[test]
    fn rh_155_no_request_stops_the_reading(lines in prop::collection::vec(any_line(), 0..4)) {
        let mut headers = HeaderMap::new();
        for value in lines.iter().filter_map(|line| HeaderValue::from_bytes(line).ok()) {
            headers.append(header::COOKIE, value);
        }
        let cookies = Cookies::from_headers(&headers);
        // What is read once is read the same again.
        let again = request(&[cookies.to_string().as_bytes()]);
        prop_assert_eq!(again.iter().collect::<Vec<_>>(), cookies.iter().collect::<Vec<_>>());
        // And everything that came can be deleted without harm.
        cookies.clear();
        cookies.commit(&mut headers);
    }
}
