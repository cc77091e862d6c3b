//! Headers that make browsers careful, on every kind of answer (security.md section 5, rows 15 and 16).

use bff::axum::Router;

use crate::{
    apps::{
        limits::{self, Limits},
        rules,
    },
    support::{Answer, Call, Server, call},
};

/// Content type options, referrer policy, content security policy, opener policy, resource policy, permissions policy.
type Six<'a> = [Option<&'a str>; 6];

const POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/// What is no page has these by default.
const DATA: Six<'static> = [
    Some("nosniff"),
    Some("strict-origin-when-cross-origin"),
    Some(POLICY),
    None,
    Some("same-origin"),
    None,
];

fn six(answer: &Answer) -> Six<'_> {
    [
        "x-content-type-options",
        "referrer-policy",
        "content-security-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "permissions-policy",
    ]
    .map(|name| answer.header(name))
}

/// Each call has the status and the headers.
async fn all(router: Router, expected: Six<'_>, calls: &[(Call, u16)]) {
    let server = Server::start(router).await;
    for (call, status) in calls {
        let answer = server.send(call.clone()).await;
        assert_eq!(answer.status, *status, "{call:?}");
        assert_eq!(six(&answer), expected, "{call:?}");
    }
}

#[tokio::test]
async fn security_15_every_kind_of_answer_has_them() {
    all(
        rules::app::router(),
        DATA,
        &[
            (call("GET /a.txt"), 200),
            (call("HEAD /a.txt"), 200),
            (call("GET /api/echo"), 200),
            (call("GET /fail"), 500),
            (call("GET /missing-page"), 404),
            (call("OPTIONS /api/echo"), 204),
            (call("PATCH /api/echo"), 405),
            (call("GET /api//echo"), 308),
            (call("GET /hasq?tok=.."), 400),
            (call("GET /has-cookie").header("cookie", "auth=true"), 307),
        ],
    )
    .await;
}

#[tokio::test]
async fn security_15_the_file_changes_them_for_every_answer() {
    let own = [Some("nosniff"), Some("no-referrer"), Some(POLICY), None, Some("same-origin"), None];
    let calls = [
        (call("POST /small/x").body("12345678901"), 413),
        (call("GET /never"), 504),
        (call("GET /guarded/ann"), 403),
        (call("GET /ext/a"), 502),
        (call("GET /old/x"), 308),
    ];
    all(limits::app::router(Limits::default()), own, &calls).await;
    let routes = limits::app::routes().with_state(Limits::default());
    all(routes, own, &[(call("GET /guarded/ann"), 403), (call("GET /never"), 504)]).await;
}
