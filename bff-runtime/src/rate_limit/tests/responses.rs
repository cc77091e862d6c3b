use axum::extract::Request;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use super::support::{allowed, any, check, limiter, millis, request, response, told};
use crate::rate_limit::{Key, RateLimit};

const A: RateLimit = RateLimit::new("a", 10, 60);

#[test]
fn a_response_says_what_is_left() {
    let name = RateLimit::new("b", 10, 60).named("per-ip");
    for (limits, before, expected) in [
        (&[A][..], 0, ["\"default\";q=10;w=60", "\"default\";r=9;t=54", ""]),
        (&[A], 8, ["\"default\";q=10;w=60", "\"default\";r=1;t=6", ""]),
        (&[A], 9, ["\"default\";q=10;w=60", "\"default\";r=0;t=6", ""]),
        (&[A], 10, ["\"default\";q=10;w=60", "\"default\";r=0;t=6", "6"]),
        (&[A.burst(20)], 0, ["\"default\";q=10;w=60;bff-burst=20", "\"default\";r=19;t=114", ""]),
        (&[A.cost(4)], 0, ["\"default\";q=10;w=60", "\"default\";r=6;t=36", ""]),
        (&[A.cost(4)], 1, ["\"default\";q=10;w=60", "\"default\";r=2;t=12", ""]),
        (&[A.cost(4)], 2, ["\"default\";q=10;w=60", "\"default\";r=2;t=12", "12"]),
        (&[name], 0, ["\"per-ip\";q=10;w=60", "\"per-ip\";r=9;t=54", ""]),
        (
            &[A, RateLimit::new("c", 100, 1), name, name],
            0,
            [
                "\"default\";q=10;w=60, \"default-2\";q=100;w=1, \"per-ip\";q=10;w=60, \"per-ip-2\";q=10;w=60",
                "\"default\";r=9;t=54, \"default-2\";r=99;t=1, \"per-ip\";r=9;t=54, \"per-ip-2\";r=8;t=48",
                "",
            ],
        ),
        // Only the limit that refuses is told of.
        (
            &[RateLimit::new("c", 100, 1), A],
            10,
            ["\"default\";q=100;w=1, \"default-2\";q=10;w=60", "\"default-2\";r=0;t=6", "6"],
        ),
        (&[A.dry_run()], 20, ["", "", ""]),
        (&[A.dry_run(), name], 0, ["\"per-ip\";q=10;w=60", "\"per-ip\";r=9;t=54", ""]),
    ] {
        let (limiter, _) = limiter(limits);
        allowed(&limiter, before);
        let response = response(check(&limiter, any()));
        assert_eq!(told(response.headers()), expected, "{limits:?} after {before}");
    }
}

#[test]
fn who_waits_as_long_as_it_says_passes() {
    for (count, seconds) in [(10, 60), (7, 1), (100, 1), (1, 3600), (11, 13)] {
        let (limiter, clock) = limiter(&[RateLimit::new("a", count, seconds)]);
        assert_eq!(allowed(&limiter, 200), count as usize);
        for _ in 0..20 {
            let refused = response(check(&limiter, any()));
            assert_eq!(refused.status(), 429);
            let [_, _, after] = told(refused.headers());
            clock.advance(millis(after.parse::<u64>().unwrap() * 1000));
            assert!(allowed(&limiter, 200) >= 1, "{count}/{seconds}s after {after}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_a_problem_that_names_the_limit() {
    let (limiter, _) = limiter(&[A.named("per-key").by(&[Key::Header("x-api-key")])]);
    let ask = || -> Request { request("192.0.2.1", &[("x-api-key", "secret")]) };
    for _ in 0..10 {
        check(&limiter, ask());
    }
    let refused = response(check(&limiter, ask()));
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
    let body = refused.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(
        serde_json::from_slice::<Value>(&body).unwrap(),
        json!({
            "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
            "title": "Request cannot be satisfied as assigned quota has been exceeded",
            "status": 429,
            "violated-policies": ["per-key"],
        })
    );
}

#[test]
fn the_fields_of_an_upstream_stay() {
    let (limiter, _) = limiter(&[A]);
    let mut headers = HeaderMap::new();
    headers.insert("ratelimit", "\"upstream\";r=1;t=1".parse().unwrap());
    if let crate::rate_limit::Verdict::Allowed(allowance) = check(&limiter, any()) {
        allowance.put_on(&mut headers);
    }
    let values: Vec<_> = headers.get_all("ratelimit").iter().collect();
    assert_eq!(values, ["\"upstream\";r=1;t=1", "\"default\";r=9;t=54"]);
}
