//! CSRF: requests that a page of another site causes.

use crate::{
    apps::limits::{self, Limits},
    support::{Call, Server, call},
};

const CROSS: (&str, &str) = ("sec-fetch-site", "cross-site");

async fn server(limits: &Limits) -> Server {
    Server::start(limits::app::router(limits.clone())).await
}

fn with_cookie(line: &str, headers: &[(&str, &str)]) -> Call {
    let headers = headers.iter();
    headers.fold(call(line).header("cookie", "session=1"), |call, (name, value)| {
        call.header(name, value)
    })
}

#[tokio::test]
async fn security_53_what_another_site_causes_does_not_reach_the_handler() {
    let limits = Limits::default();
    let server = server(&limits).await;
    for headers in [
        &[CROSS, ("origin", "https://evil.example")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "http://b.localhost")],
        &[("origin", "https://evil.example")],
        // CVE-2026-27978.
        &[("origin", "null")],
        &[CROSS, ("x-http-method-override", "GET")],
    ] {
        let answer = server.send(with_cookie("POST /acting", headers)).await;
        let problem = answer.problem(403);
        assert_eq!(problem["detail"], "a page of another site has caused this request");
    }
    limits.events.has_none("the refusals").await;
    for headers in [
        &[("sec-fetch-site", "same-origin"), ("origin", "http://localhost")][..],
        &[("sec-fetch-site", "none")],
        &[("origin", "http://localhost")],
        &[],
    ] {
        let answer = server.send(with_cookie("POST /acting", headers)).await;
        assert_eq!(answer.status, 200, "{headers:?}");
        assert_eq!(limits.events.next().await, "acted");
    }
    let anonymous = call("POST /acting").header("origin", "https://evil.example");
    assert_eq!(server.send(anonymous).await.status, 200);
    assert_eq!(server.send(with_cookie("GET /acting", &[CROSS])).await.status, 200);
}

#[tokio::test]
async fn security_53_a_handler_or_a_rule_says_who_else_may_act() {
    let server = server(&Limits::default()).await;
    for (line, origin, status) in [
        ("PUT /acting", "https://evil.example", 200),
        ("PATCH /acting", "https://a.partner.example", 200),
        ("PATCH /acting", "https://partner.example", 403),
        ("DELETE /acting", "https://app.example.com", 200),
        ("DELETE /acting", "https://evil.example", 403),
        ("POST /acting/trusting", "https://partner.example", 200),
        ("POST /acting/trusting", "https://a.partner.example", 403),
        ("POST /acting", "https://partner.example", 403),
    ] {
        for headers in [&[CROSS, ("origin", origin)][..], &[("origin", origin)]] {
            let answer = server.send(with_cookie(line, headers)).await;
            assert_eq!(answer.status, status, "{line} {headers:?}");
        }
    }
}

#[tokio::test]
async fn security_53_a_trusted_proxy_says_where_the_app_is() {
    let server = server(&Limits::default()).await;
    let behind = |origin| {
        with_cookie("POST /acting", &[("origin", origin)])
            .header("x-forwarded-for", "192.0.2.7")
            .header("x-forwarded-host", "app.example.com")
            .header("x-forwarded-proto", "https")
    };
    assert_eq!(server.send(behind("https://app.example.com")).await.status, 200);
    assert_eq!(server.send(behind("http://app.example.com")).await.status, 403);
    assert_eq!(server.send(behind("http://localhost")).await.status, 403);
}
