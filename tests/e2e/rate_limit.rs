//! Rate limits of attributes and of rules (security.md section 4, rows 48 and 49; section 1.5, class 27).

use crate::{
    apps::limits::{self, Limits},
    support::{Answer, Call, Server, call, in_process},
};

async fn server() -> Server {
    Server::start(limits::app::router(Limits::default())).await
}

/// A client of its own: the test's own address is that of a trusted proxy.
fn from(address: &str, line: &str) -> Call {
    call(line).header("x-forwarded-for", address)
}

/// The statuses of these calls, one after the other.
async fn statuses(server: &Server, calls: impl IntoIterator<Item = Call>) -> Vec<u16> {
    let mut statuses = Vec::new();
    for call in calls {
        statuses.push(server.send(call).await.status);
    }
    statuses
}

fn fields(answer: &Answer) -> [Option<&str>; 3] {
    ["ratelimit-policy", "ratelimit", "retry-after"].map(|name| answer.header(name))
}

#[tokio::test]
async fn rh_403_a_client_is_told_what_is_left_and_when_to_come_back() {
    let server = server().await;
    for remaining in [2, 1, 0] {
        let answer = server.get("/rated").await;
        answer.is(200, "in");
        let [policy, limit, retry_after] = fields(&answer);
        assert_eq!((policy, retry_after), (Some("\"default\";q=3;w=60"), None));
        assert!(limit.unwrap().starts_with(&format!("\"default\";r={remaining};t=")), "{limit:?}");
    }
    let answer = server.get("/rated").await;
    let [policy, limit, retry_after] = fields(&answer);
    assert_eq!(policy, Some("\"default\";q=3;w=60"));
    let seconds: u32 = retry_after.expect("a time").parse().expect("seconds");
    assert!((1..=20).contains(&seconds), "{seconds}");
    assert_eq!(limit, Some(&*format!("\"default\";r=0;t={seconds}")));
    let problem = answer.problem(429);
    assert_eq!(problem["violated-policies"], serde_json::json!(["default"]));
}

#[tokio::test]
async fn attack_27_another_spelling_of_a_request_is_no_other_request() {
    let server = server().await;
    let calls = ["GET /rated", "HEAD /rated?a=1", "GET /rated/", "GET /asked", "HEAD /rated"];
    assert_eq!(statuses(&server, calls.map(call)).await, [200, 200, 200, 429, 429]);
    // What no handler answers is not counted, and not refused.
    assert_eq!(statuses(&server, ["OPTIONS /rated", "TRACE /rated"].map(call)).await, [204, 405]);
    // Each handler has its own count.
    assert_eq!(server.send("PATCH /rated").await.status, 200);
}

#[tokio::test]
async fn security_49_a_client_is_its_address_as_the_trusted_proxy_has_it() {
    let server = server().await;
    let six = |last: u32| from(&format!("2001:db8:1:2::{last}"), "GET /rated");
    assert_eq!(statuses(&server, (0..4).map(six)).await, [200, 200, 200, 429]);
    let next = from("2001:db8:1:3::1", "GET /rated");
    assert_eq!(server.send(next).await.status, 200);
    // What a client writes itself stands to the left of what the proxy has seen.
    let forged = |index: u32| from(&format!("198.51.100.{index}, 192.0.2.1"), "GET /rated");
    assert_eq!(statuses(&server, (0..4).map(forged)).await, [200, 200, 200, 429]);
    let mapped = from("::ffff:192.0.2.1", "GET /rated");
    assert_eq!(server.send(mapped).await.status, 429);
}

#[tokio::test]
async fn a_limit_goes_by_a_header_or_by_a_function_and_several_hold_at_once() {
    let server = server().await;
    let keyed = |key: &str| call("POST /rated").header("x-api-key", key);
    let calls = [keyed("a"), keyed("a"), keyed("a"), keyed("b"), keyed("b"), keyed("c")];
    // The last one has a quota of its own, and none is left of the one for all.
    assert_eq!(statuses(&server, calls).await, [200, 200, 429, 200, 200, 429]);
    let answer = server.send(keyed("d")).await;
    assert_eq!(answer.problem(429)["violated-policies"], serde_json::json!(["all"]));
    let calls = ["PUT /rated?a", "PUT /rated?a", "PUT /rated?a", "PUT /rated?b"].map(call);
    assert_eq!(statuses(&server, calls).await, [200, 200, 429, 200]);
}

#[tokio::test]
async fn a_rule_has_one_count_for_all_of_its_routes_and_an_attribute_wins_over_it() {
    let limits = Limits::default();
    let server = Server::start(limits::app::router(limits.clone())).await;
    let calls = ["GET /rated/by_rule", "GET /rated/too", "GET /rated/by_rule", "GET /rated/too"];
    assert_eq!(statuses(&server, calls.map(call)).await, [200, 200, 429, 429]);
    assert_eq!(server.send("POST /rated/too").await.status, 200);
    // Another router is another app.
    let other = limits::app::router(limits);
    in_process(&other, "GET /rated/too").await.is(200, "in");
}

#[tokio::test]
async fn a_dry_run_refuses_nothing_and_a_dear_request_takes_more() {
    let server = server().await;
    let dry = server.send("PATCH /rated").await;
    assert_eq!(fields(&dry), [None, None, None]);
    assert_eq!(statuses(&server, ["PATCH /rated", "PATCH /rated"].map(call)).await, [200, 200]);
    let calls = ["DELETE /rated", "DELETE /rated", "DELETE /rated"].map(call);
    assert_eq!(statuses(&server, calls).await, [200, 200, 429]);
}
