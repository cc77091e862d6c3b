use std::time::Duration;

use proptest::prelude::*;

use super::{Outage, RateLimit, RateLimitKey};

/// What a plain `10/min` is.
fn ten_a_minute() -> RateLimit {
    RateLimit {
        count: 10,
        period: Duration::from_secs(60),
        burst: 10,
        cost: 1,
        by: vec![RateLimitKey::Ip],
        dry_run: false,
        outage: Outage::Open,
        name: None,
    }
}

#[test]
fn a_rate_is_a_number_in_a_period() {
    for (text, count, seconds) in [
        ("10/min", 10, 60),
        ("  10/min\t", 10, 60),
        ("100/s", 100, 1),
        ("600/5min", 600, 300),
        ("1/h", 1, 3600),
        ("1000/day", 1000, 86_400),
        ("7/24h", 7, 86_400),
        ("1000000/s", 1_000_000, 1),
    ] {
        let found = RateLimit::read(text);
        let period = Duration::from_secs(seconds);
        let expected = RateLimit { count, period, burst: count, ..ten_a_minute() };
        assert_eq!(found, Ok(expected), "{text}");
    }
}

#[test]
fn options_come_in_any_order() {
    use RateLimitKey::{Cookie, Function, Header, Ip, Session, User};
    let by = |by: &[RateLimitKey]| RateLimit { by: by.to_vec(), ..ten_a_minute() };
    let header = |name: &str| Header(name.to_owned());
    for (text, expected) in [
        ("10/min burst 20", RateLimit { burst: 20, ..ten_a_minute() }),
        ("10/min burst 1", RateLimit { burst: 1, ..ten_a_minute() }),
        ("10/min cost 10", RateLimit { cost: 10, ..ten_a_minute() }),
        ("10/min dry-run", RateLimit { dry_run: true, ..ten_a_minute() }),
        ("10/min open", ten_a_minute()),
        ("10/min closed", RateLimit { outage: Outage::Closed, ..ten_a_minute() }),
        ("10/min named per-ip", RateLimit { name: Some("per-ip".to_owned()), ..ten_a_minute() }),
        ("10/min by ip", ten_a_minute()),
        ("10/min by session", by(&[Session])),
        ("10/min by header X-API-Key", by(&[header("x-api-key")])),
        ("10/min by header a+b + ip", by(&[header("a+b"), Ip])),
        ("10/min by cookie __Host-id", by(&[Cookie("__Host-id".to_owned())])),
        ("10/min by fn tenant", by(&[Function("tenant".to_owned())])),
        (
            "10/min by user + fn crate::keys::r#type + header by",
            by(&[User, Function("crate::keys::r#type".to_owned()), header("by")]),
        ),
        (
            "10/min named burst closed cost 2 by ip dry-run burst 4",
            RateLimit {
                burst: 4,
                cost: 2,
                dry_run: true,
                outage: Outage::Closed,
                name: Some("burst".to_owned()),
                ..ten_a_minute()
            },
        ),
    ] {
        assert_eq!(RateLimit::read(text), Ok(expected), "{text}");
    }
}

#[test]
fn a_mistake_says_what_to_write() {
    for (text, message, help) in [
        ("", "`` is no rate", "write a number and a period: `10/min`, `100/s`, `600/5min`"),
        ("10", "`10` is no rate", "`10/min`"),
        ("10 /min", "`10` is no rate", "`10/min`"),
        ("/min", "`` is not how many requests there may be", "`10/min`"),
        ("ten/min", "`ten` is not how many requests there may be", "`10/min`"),
        ("-1/min", "`-1` is not how many requests there may be", "`10/min`"),
        ("+1/min", "`+1` is not how many requests there may be", "`10/min`"),
        ("1.5/s", "`1.5` is not how many requests there may be", "`10/min`"),
        ("4294967296/day", "`4294967296` is not how many requests there may be", "`10/min`"),
        ("0/min", "a rate of 0 lets nothing pass", "write at least 1"),
        ("10/", "`10/` has a period without a unit", "`10/s`, or with `min`, `h` or `day`"),
        ("10/5", "`10/5` has a period without a unit", "write `10/5s`"),
        ("10/5m", "`m` is no unit of a rate", "write `10/5min`"),
        ("10/Minutes", "`Minutes` is no unit of a rate", "write `10/min`"),
        ("10/S", "`S` is no unit of a rate", "write `10/s`"),
        ("10/500ms", "`ms` is no unit of a rate", "the units are `s`, `min`, `h` and `day`"),
        ("10/week", "`week` is no unit of a rate", "the units are `s`, `min`, `h` and `day`"),
        ("10/min/s", "`min/s` is no unit of a rate", "the units are"),
        ("10/0s", "`0s` is no period of a rate", "write a period of 1s to 1day"),
        ("10/2day", "`2day` is no period of a rate", "write a period of 1s to 1day"),
        ("10/99999999999999999999h", "`99999999999999999999h` is no period of a rate", "1day"),
        ("1000001/s", "`1000001/s` is more than can be counted", "a million in a second"),
        ("10/min brust 5", "`brust` is no option of a rate limit", "did you mean `burst`?"),
        ("10/min dryrun", "`dryrun` is no option of a rate limit", "did you mean `dry-run`?"),
        ("10/min fast", "`fast` is no option of a rate limit", "there are `burst`, `by`, `cost`"),
        ("10/min 20/s", "`20/s` is no option of a rate limit", "there are `burst`"),
        ("10/min burst", "`burst` has no number", "write a whole number of 1 or more: `burst 20`"),
        ("10/min burst many", "`many` is not a number for `burst`", "`burst 20`"),
        ("10/min cost 0", "`0` is not a number for `cost`", "`cost 20`"),
        ("10/min burst 5 burst 5", "`burst` is said twice", "several texts"),
        ("10/min open closed", "`open` or `closed` is said twice", "say it once"),
        ("10/min dry-run dry-run", "`dry-run` is said twice", "say it once"),
        ("10/min by ip by user", "`by` is said twice", "say it once"),
        ("10/min by", "a key is missing", "`by ip`"),
        ("10/min by ip +", "a key is missing", "`by ip`"),
        ("10/min by ip + ip", "a key is named twice", "name each once"),
        ("10/min by header A + header a", "a key is named twice", "name each once"),
        ("10/min by sesion", "`sesion` is no key of a rate limit", "did you mean `session`?"),
        ("10/min by tenant", "`tenant` is no key of a rate limit", "there are `ip`, `header`"),
        ("10/min by header", "`header` has no name", "`by header x-api-key`"),
        ("10/min by header x:y", "`x:y` is no name of a header", "`by header x-api-key`"),
        ("10/min by header naïve", "`naïve` is no name of a header", "`by header x-api-key`"),
        ("10/min by header Cookie", "the header `cookie` has all cookies", "`by cookie NAME`"),
        ("10/min by header X-Forwarded-For", "anybody can write what they like", "trusted_proxies"),
        ("10/min by cookie", "`cookie` has no name", "`by cookie visitor`"),
        ("10/min by cookie a=b", "`a=b` is no name of a cookie", "`by cookie visitor`"),
        ("10/min by fn", "`fn` has no name", "`by fn crate::keys::tenant`"),
        ("10/min by fn a.b", "`a.b` is no path of a function", "`by fn crate::keys::tenant`"),
        ("10/min by fn crate::", "`crate::` is no path of a function", "as in Rust"),
        ("10/min by fn a::<u8>", "`a::<u8>` is no path of a function", "as in Rust"),
        ("10/min by fn 'a", "`'a` is no path of a function", "as in Rust"),
        ("10/min by fn a::while", "`a::while` is no path of a function", "as in Rust"),
        ("10/min named", "a rate limit has a name that header fields", "`named per-user`"),
        ("10/min named \"a\"", "a rate limit has a name that header fields", "one word"),
        ("10/min cost 11", "a request costs 11 and no more than 10 are there", "add `burst 11`"),
        ("10/min burst 2 cost 3", "a request costs 3 and no more than 2 are", "add `burst 3`"),
        ("1/day burst 32", "a burst of 32 takes 32 days to come back", "within 31 days"),
    ] {
        let mistake = RateLimit::read(text).expect_err(text);
        assert!(mistake.message.starts_with(message), "{text}: {}", mistake.message);
        assert!(mistake.help.contains(help), "{text}: {}", mistake.help);
    }
}

/// Words that mean something, numbers, and anything else.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "10/min", "600/5min", "burst", "by", "+", "ip", "header", "cookie", "session", "user",
            "fn", "cost", "dry-run", "open", "closed", "named", "a::b", "r#", "x-a",
        ])
        .prop_map(str::to_owned),
        any::<u32>().prop_map(|number| number.to_string()),
        (any::<u64>(), any::<u64>()).prop_map(|(count, period)| format!("{count}/{period}day")),
        "\\PC{0,8}",
    ];
    prop::collection::vec(word, 0..10).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_a_limit_that_can_be_kept_or_a_mistake(text in prop_oneof![words(), ".*"]) {
        match RateLimit::read(&text) {
            Ok(limit) => {
                prop_assert!(limit.count > 0 && limit.cost > 0 && limit.cost <= limit.burst);
                prop_assert!((1..=86_400).contains(&limit.period.as_secs()));
                prop_assert!(!limit.by.is_empty());
                let nanos = u128::from(limit.burst) * limit.period.as_nanos() / u128::from(limit.count);
                prop_assert!(nanos < u128::from(u64::MAX) / 1000);
            }
            Err(mistake) => prop_assert!(!mistake.message.is_empty() && !mistake.help.is_empty()),
        }
    }
}
