//! Section 8 of the spec: cookies, in and out.

use std::time::{Duration, SystemTime};

use bff::axum::{Router, routing};

use crate::{
    apps::rows,
    support::{Server, call, in_process},
};

const GONE: &str = "Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

#[tokio::test]
async fn v35_rh_153_rh_154_rh_155_rh_156_a_handler_reads_the_cookies_of_its_request() {
    let server = server().await;
    for (lines, expected) in [
        (
            &["a=1; b=x%20y; a=2; noval; empty="][..],
            r#"[("a", "2"), ("b", "x y"), ("noval", ""), ("empty", "")]"#,
        ),
        (&["bad=%E0%A4;q=\"1\"; a b= c "], r#"[("bad", "%E0%A4"), ("q", "\"1\""), ("a b", " c")]"#),
        (&["a=1", "b=2"], r#"[("a", "1"), ("b", "2")]"#),
        (&[], "[]"),
    ] {
        let call =
            lines.iter().fold(call("GET /cookies/seen"), |call, line| call.header("cookie", line));
        let answer = server.send(call).await;
        answer.is(200, expected);
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[tokio::test]
async fn v36_v38_rh_161_rh_168_what_a_handler_sets_and_deletes_is_sent() {
    let server = server().await;
    for (line, text, cookie) in [
        ("GET /cookies/set", "set", "s=v; Path=/"),
        ("DELETE /cookies/set", "deleted", &*format!("a=; {GONE}")),
    ] {
        let answer = server.send(line).await;
        answer.is(200, text);
        assert_eq!(answer.lines("set-cookie"), [cookie]);
    }
    // HEAD is told the same as GET (RFC 9110 section 9.3.2).
    assert_eq!(server.send("HEAD /cookies/set").await.lines("set-cookie"), ["s=v; Path=/"]);
}

#[tokio::test]
async fn v37_rh_163_a_lifetime_is_sent_both_ways() {
    let before = SystemTime::now();
    let answer = server().await.send("POST /cookies/set").await;
    let line = answer.header("set-cookie").expect("a cookie");
    let cookie = bff::cookies::Cookie::parse_set_cookie(line).expect("a cookie");
    assert_eq!(cookie.max_age(), Some(60));
    let lifetime = cookie.expires().expect("a date").duration_since(before).expect("later");
    assert!(lifetime > Duration::from_secs(58), "{line}");
    assert!(
        line.starts_with("s=v; Path=/; Expires=") && line.ends_with(" GMT; Max-Age=60"),
        "{line}"
    );
}

#[tokio::test]
async fn rh_170_what_is_set_is_read_back_in_the_same_request() {
    let answer = server().await.send(call("PUT /cookies/set").header("cookie", "a=old; c=3")).await;
    answer.is(200, "a=new; c=3; b=x%20y");
    assert_eq!(answer.lines("set-cookie"), ["a=new; Path=/", "b=x%20y; Path=/"]);
}

#[tokio::test]
async fn v17_v18_rh_182_rh_183_rh_214_cookies_are_sent_with_whatever_the_handler_answers() {
    let server = server().await;
    for (how, status) in [
        ("fine", 200),
        ("redirect", 307),
        ("permanent-redirect", 308),
        ("see-other", 303),
        ("unauthorized", 401),
        ("forbidden", 403),
        ("not-found", 404),
        ("conflict", 409),
        ("own-problem", 500),
        ("own-response", 502),
    ] {
        let answer = server.get(&format!("/cookies/then/{how}")).await;
        assert_eq!(answer.status, status, "{how}");
        let expected = ["s=v; Path=/".to_owned(), format!("session=; {GONE}")];
        assert_eq!(answer.lines("set-cookie"), expected, "{how}");
    }
    let answer = server.get("/cookies/then/redirect").await;
    assert_eq!(answer.lines("location"), ["/dest?x=1"]);
    // Also when the problem is sent as text.
    let text = call("GET /cookies/then/not-found").header("accept", "text/plain");
    assert_eq!(server.send(text).await.lines("set-cookie").len(), 2);
}

#[tokio::test]
async fn v16_rh_077_cookies_of_a_handler_that_failed_are_not_sent() {
    let server = server().await;
    for how in ["error", "message", "bad-cookie", "no-status", "panic"] {
        let answer = server.get(&format!("/cookies/then/{how}")).await;
        answer.opaque();
        assert_eq!(answer.header("set-cookie"), None, "{how}");
    }
}

#[tokio::test]
async fn rh_183_an_argument_that_is_refused_leaves_the_cookies_of_those_before_it() {
    let server = server().await;
    let json =
        |body| call("POST /cookies/refused").header("content-type", "application/json").body(body);
    for (call, status) in [
        (json("7"), 200),
        (json("no json"), 400),
        (json("\"text\""), 422),
        (call("POST /cookies/refused"), 415),
    ] {
        let answer = server.send(call).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.lines("set-cookie"), ["visit=1; Path=/"], "{status}");
    }
    let answer = server.get("/cookies/refused").await;
    answer.opaque();
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn rh_171_rh_179_rh_180_rh_181_the_lines_of_the_response_come_first_and_stay() {
    let server = server().await;
    let answer = server.get("/cookies/merged").await;
    answer.is(200, "merged");
    assert_eq!(
        answer.lines("set-cookie"),
        [
            "b=fromres; Path=/",
            "d=fromres; Weird=attr;Expires=Thu, 01 Jan 2099 00:00:00 GMT",
            "a=fromapi; Path=/"
        ]
    );
    let answer = server.send("POST /cookies/merged").await;
    answer.is(200, "three");
    assert_eq!(
        answer.lines("set-cookie"),
        ["a=3; Path=/", "a=1; Path=/x", "a=2; Path=/; Domain=example.com"]
    );
}

#[tokio::test]
async fn rh_173_what_is_set_after_the_response_is_sent_nowhere() {
    let answer = server().await.get("/cookies/late").await;
    answer.is(200, "firstsecond");
    assert_eq!(answer.lines("set-cookie"), ["in-time=1; Path=/"]);
}

#[tokio::test]
async fn requests_do_not_see_each_others_cookies() {
    let server = server().await;
    server.send("PUT /cookies/set").await.is(200, "a=new; b=x%20y");
    server.get("/cookies/seen").await.is(200, "[]");
    let calls: Vec<_> = (0..20)
        .map(|index| {
            let cookie = format!("n=\"{index}\"");
            let call = call("GET /cookies/seen").header("cookie", &cookie);
            (index, tokio::spawn(crate::support::raw(server.addr, call.bytes())))
        })
        .collect();
    for (index, answer) in calls {
        let expected = format!(r#"[("n", "\"{index}\"")]"#);
        answer.await.expect("the client is well").is(200, &expected);
    }
}

#[tokio::test]
async fn cookies_are_the_same_behind_axums_router_and_in_a_factory() {
    for router in [rows::app::router(), rows::app::routes().with_state(())] {
        let with_a = |line| call(line).header("cookie", "a=1");
        let answer = in_process(&router, with_a("GET /cookies/axum")).await;
        answer.is(200, "/cookies/axum a=1; s=v");
        assert_eq!(answer.lines("set-cookie"), ["s=v; Path=/"]);
        let answer = in_process(&router, with_a("POST /cookies/axum")).await;
        answer.is(200, "made");
        assert_eq!(answer.lines("set-cookie"), [format!("a=; {GONE}")]);
    }
}

#[tokio::test]
async fn outside_of_the_app_folder_cookies_are_refused_rather_than_lost() {
    async fn plain(cookies: bff::cookies::Cookies) -> &'static str {
        cookies.delete("a");
        "never"
    }
    let router = Router::new().route("/plain", routing::get(plain)).merge(rows::app::router());
    in_process(&router, "GET /plain").await.opaque();
    in_process(&router, "GET /cookies/set").await.is(200, "set");
}

#[tokio::test]
async fn rh_184_sealed_cookies_come_back_and_cannot_be_made_up_or_swapped() {
    let server = server().await;
    let answer = server.send("POST /cookies/sealed").await;
    answer.is(200, "created");
    answer.tells_no_secret();
    let lines = answer.lines("set-cookie");
    assert!(lines[1].ends_with("; Path=/; Secure; HttpOnly; SameSite=lax"), "{lines:?}");
    let value = |line: &str| {
        let (_, value) = line.split_once('=').expect("a pair");
        value.split(';').next().expect("a value").to_owned()
    };
    let (cart, user) = (value(lines[0]), value(lines[1]));
    let send = async |cart: &str, user: &str| {
        let cookies = format!("cart={cart}; __Host-user={user}");
        server.send(call("GET /cookies/sealed").header("cookie", &cookies)).await
    };
    send(&cart, &user).await.is(200, "secret has two; apples");
    for (cart, user) in [
        ("two", &*user),
        (&*cart, "secret"),
        (&user, &cart),
        (&cart.replace("two", "ten"), &user),
        (&cart, &user[..user.len() - 8]),
    ] {
        send(cart, user).await.problem(404);
    }
}
