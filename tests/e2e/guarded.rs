//! What rules of `bff.toml` require of requests (security.md section 5, row 14).

use bff::{
    axum::{Router, body::Body, routing::any},
    explain::Stage,
    http::{Method, Request},
};
use tower::ServiceExt;

use crate::{
    apps::guarded,
    support::{Call, Events, Server, call, in_process},
};

fn app() -> (Router, Events) {
    let events = Events::default();
    (guarded::app::router(events.clone()), events)
}

type Headers<'a> = &'a [(&'a str, &'a str)];

/// A request with these headers.
fn with(line: &str, headers: Headers<'_>) -> Call {
    headers.iter().fold(call(line), |call, (name, value)| call.header(name, value))
}

const TOKEN: (&str, &str) = ("x-token", "1");
const ANN: (&str, &str) = ("x-staff", "ann");
const CHIEF: (&str, &str) = ("x-staff", "chief");
const BODY: (&str, &str) = ("x-body", "1");

#[tokio::test]
async fn security_14_what_rules_require_adds_up_and_a_narrower_one_takes_it_away() {
    let (router, events) = app();
    let server = Server::start(router).await;
    let cases: &[(&str, Headers<'_>, u16)] = &[
        ("GET /", &[], 401),
        ("HEAD /", &[], 401),
        ("GET /a/b?c", &[], 401),
        ("GET /robots.txt", &[], 401),
        ("GET /robots.txt", &[TOKEN], 200),
        ("GET /staff/ann", &[], 401),
        ("GET /staff/ann", &[ANN], 401),
        ("GET /staff/ann", &[TOKEN], 403),
        ("POST /staff/ann", &[TOKEN], 403),
        // The handler's own is asked after all rules.
        ("POST /staff/ann", &[TOKEN, ANN], 418),
        ("POST /staff/ann", &[ANN, BODY], 401),
        // By the path, in any spelling, and by whatever way.
        ("GET /staff/chief", &[TOKEN, ANN], 403),
        ("GET /staff/%63hief", &[TOKEN, ANN], 403),
        ("GET /staff/chief/", &[TOKEN, ANN], 403),
        ("GET /sesame/chief", &[TOKEN, ANN], 403),
        ("GET /sesame/chief", &[CHIEF], 401),
        // Taken away by a rule, by an attribute; the handler's own stays.
        ("GET /staff/login", &[], 200),
        ("GET /staff/open", &[], 200),
        ("GET /staff/admins", &[], 418),
        ("GET /staff/admins", &[("x-admin", "1")], 200),
        // A rule that names the session's user is one more.
        ("GET /members", &[], 401),
        ("GET /members", &[TOKEN], 401),
        // Nobody is asked for what no handler answers.
        ("DELETE /staff/ann", &[], 405),
        ("OPTIONS /staff/ann", &[], 204),
    ];
    for (line, headers, status) in cases {
        let answer = server.send(with(line, headers)).await;
        assert_eq!(answer.status, *status, "{line} {headers:?}");
    }
    events.has_none("the refusals").await;
    server.send(with("GET /staff/ann", &[TOKEN, ANN])).await.is(200, "ann");
    server.send(with("GET /sesame/chief", &[TOKEN, CHIEF])).await.is(200, "chief");
    let call = with("POST /staff/ann", &[TOKEN, ANN, BODY]).body("whole");
    server.send(call).await.is(200, "whole");
    let members = server.send(with("GET /members", &[TOKEN])).await;
    assert_eq!(members.header("www-authenticate"), Some("Cookie realm=\"session\""));
}

#[tokio::test]
async fn security_14_a_rule_guards_a_handler_that_is_called_in_process_or_without_the_pipeline() {
    let (router, events) = app();
    let nested = Router::new().nest("/v1", router.clone());
    let only_routes = guarded::app::routes().with_state(events.clone());
    // Whoever passes requests on to the router passes them to the guard.
    let forwarding = Router::new().fallback(any(move |request: Request<Body>| {
        let router = router.clone();
        async move { router.oneshot(request).await }
    }));
    for (router, prefix) in [(&nested, "/v1"), (&only_routes, ""), (&forwarding, "")] {
        let get = |headers| with(&format!("GET {prefix}/staff/ann"), headers);
        assert_eq!(in_process(router, get(&[])).await.status, 401, "{prefix}");
        assert_eq!(in_process(router, get(&[TOKEN])).await.status, 403, "{prefix}");
        events.has_none("the refusals").await;
        in_process(router, get(&[TOKEN, ANN])).await.is(200, "ann");
        assert_eq!(events.next().await, "shown");
    }
}

#[tokio::test]
async fn rh_251_what_is_kept_under_a_rule_that_requires_something_is_for_no_other_cache() {
    let server = Server::start(app().0).await;
    for _ in 0..2 {
        let answer = server.send(with("GET /kept", &[TOKEN])).await;
        answer.is(200, "kept");
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
        // Kept or not, nobody gets it without.
        assert_eq!(server.get("/kept").await.status, 401);
    }
}

#[tokio::test]
async fn an_explanation_says_what_is_required_and_which_rule_does() {
    for (method, path, expected) in [
        (
            Method::POST,
            "/staff/chief",
            &[
                ("`crate::apps::guarded::token`", "apps/guarded/bff.toml:4:1"),
                ("`crate::apps::guarded::staff`", "apps/guarded/bff.toml:8:1"),
                ("`crate::apps::guarded::named`", "apps/guarded/bff.toml:13:1"),
                ("`body`", "apps/guarded/app/staff/[name]/route.rs"),
            ][..],
        ),
        (Method::GET, "/staff/login", &[]),
        (Method::GET, "/staff/open", &[]),
        (Method::GET, "/staff/admins", &[("`admin`", "apps/guarded/app/staff/admins/route.rs")]),
        (
            Method::GET,
            "/members",
            &[
                ("`crate::apps::guarded::token`", "apps/guarded/bff.toml:4:1"),
                ("`bff::session::user`", "apps/guarded/bff.toml:26:1"),
            ],
        ),
    ] {
        let explained = bff::explain(&app().0, method, path).await.expect("a URL");
        let found = explained.at(Stage::Requirement);
        let found: Vec<_> = found.map(|step| (step.text(), step.place().unwrap_or(""))).collect();
        assert_eq!(found, expected, "{path}");
    }
}
