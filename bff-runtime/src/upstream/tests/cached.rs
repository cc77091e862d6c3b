//! Calls whose responses are kept, and what the upstream sees of them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use super::harness::{Origin, Recorded};
use crate::{
    Error,
    cache::{Invalidation, Name, Values},
    upstream::{CachedCall, Call, Upstream},
};

/// An upstream that numbers its answers, which have these header lines after this status; what asks whether the tag `a`
/// has changed is told that it has not.
async fn origin(status: &'static str, lines: &'static str) -> Origin {
    let head = format!("{status}\r\n{lines}");
    turning(head.clone(), head).await
}

/// The same with another status line and other header lines from the second answer on.
async fn turning(first: String, then: String) -> Origin {
    let heads = Arc::new([first, then]);
    let count = Arc::new(AtomicUsize::new(0));
    Origin::talking(move |mut socket, seen| {
        let (count, heads) = (Arc::clone(&count), Arc::clone(&heads));
        async move {
            while let Some(request) = socket.request().await {
                let number = count.fetch_add(1, SeqCst) + 1;
                let is_known = asked(&request) == Some("\"a\"");
                seen.send(request).unwrap();
                let answer = match is_known {
                    true => format!("HTTP/1.1 304 Not Modified\r\nx-number: {number}\r\n\r\n"),
                    false => {
                        let head = &heads[(number - 1).min(1)];
                        let body = number.to_string();
                        let length = body.len();
                        format!("HTTP/1.1 {head}content-length: {length}\r\n\r\n{body}")
                    }
                };
                socket.send(answer.as_bytes()).await;
            }
        }
    })
    .await
}

/// The validator that a request has.
fn asked(request: &Recorded) -> Option<&str> {
    request.lines("if-none-match").first().copied()
}

async fn body(call: CachedCall<'_>, values: &'static Values) -> String {
    call.of(Some(values)).await.unwrap().text().unwrap()
}

/// Lets time pass for all that is kept.
async fn pass(seconds: u64, values: &'static Values) {
    values.age_all(Duration::from_secs(seconds)).await;
}

fn declared<'a>(call: Call<'a>) -> CachedCall<'a> {
    call.cached().revalidate("60s").tags(["a"])
}

#[tokio::test]
async fn rh_272_security_46_what_is_asked_otherwise_is_kept_apart() {
    let origin = origin("200 OK", "cache-control: no-store\r\n").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    type Make = for<'a> fn(&'a Upstream) -> Call<'a>;
    let calls: [Make; 8] = [
        |it| it.get("/a"),
        |it| it.get("/a").query("b", 1),
        |it| it.get("/A"),
        |it| it.post("/a"),
        |it| it.post("/a").body("1"),
        |it| it.post("/a").body("2"),
        |it| it.get("/a").header("authorization", "Bearer ada"),
        |it| it.get("/a").header("authorization", "Bearer bob"),
    ];
    for _ in 0..2 {
        for (index, call) in calls.iter().enumerate() {
            let found = body(declared(call(&upstream)), values).await;
            assert_eq!(found, (index + 1).to_string());
        }
    }
    // What was kept by the app's own rule is not what the upstream allows to be kept.
    assert_eq!(body(upstream.get("/a").cached(), values).await, "9");
}

#[tokio::test]
async fn rh_277_calls_that_are_the_same_and_under_way_at_once_are_sent_once() {
    let mut origin = origin("200 OK", "cache-control: max-age=60\r\n").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    let all = (0..50).map(|_| body(upstream.get("/").cached(), values));
    let all = futures_util::future::join_all(all).await;
    assert!(all.iter().all(|body| body == "1"));
    assert_eq!(origin.others().len(), 1);
}

#[tokio::test]
async fn rfc9111_7_3_what_is_for_one_alone_is_not_given_to_those_who_wait() {
    let mut origin = origin("200 OK", "cache-control: private, max-age=60\r\n").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    let all = (0..5).map(|_| body(upstream.get("/").cached(), values));
    let mut all = futures_util::future::join_all(all).await;
    all.sort_unstable();
    assert_eq!(all, ["1", "2", "3", "4", "5"]);
    assert_eq!(origin.others().len(), 5);
}

#[tokio::test]
async fn rh_273_what_is_no_200_is_returned_and_not_kept() {
    let origin = origin("404 Not Found", "").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    for expected in ["1", "2"] {
        let reply = declared(upstream.get("/")).of(Some(values)).await.unwrap();
        assert_eq!(reply.status(), 404);
        let error = reply.clone().success().unwrap_err();
        assert_eq!((error.status().as_u16(), error.upstream_status()), (502, Some(reply.status())));
        let shown = format!("{error:?}");
        assert!(shown.contains("http://127.0.0.1:"), "{shown}");
        assert_eq!(reply.text().unwrap(), expected);
    }
}

#[tokio::test]
async fn rh_274_rh_284_after_its_time_the_old_one_is_returned_once() {
    let mut origin = origin("200 OK", "").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    let ask = async || body(declared(upstream.get("/")), values).await;
    assert_eq!(ask().await, "1");
    pass(30, values).await;
    assert_eq!(ask().await, "1");
    pass(30, values).await;
    assert_eq!(ask().await, "1");
    origin.request().await;
    origin.request().await;
    while values.is_making() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(ask().await, "2");
    // Zero is not kept.
    let never = || upstream.get("/never").cached().revalidate(Duration::ZERO);
    assert_eq!(body(never(), values).await, "3");
    assert_eq!(body(never(), values).await, "4");
}

#[tokio::test]
async fn rfc9111_4_3_3_what_is_gone_takes_the_old_one_away_and_a_failure_leaves_it() {
    const RENEWED: &str = "cache-control: max-age=60, stale-while-revalidate=600\r\n";
    for (then, expected) in [
        ("404 Not Found", (404, "3")),
        ("410 Gone", (410, "3")),
        ("403 Forbidden", (403, "3")),
        ("500 Internal Server Error", (200, "1")),
        ("503 Service Unavailable", (200, "1")),
        ("429 Too Many Requests", (200, "1")),
    ] {
        type Keep = for<'a> fn(Call<'a>) -> CachedCall<'a>;
        let keeps: [(&str, Keep); 2] = [("", declared), (RENEWED, |call| call.cached())];
        for (lines, keep) in keeps {
            let origin = turning(format!("200 OK\r\n{lines}"), format!("{then}\r\n")).await;
            let (upstream, values) = (origin.upstream(), Values::alone());
            let ask = async || keep(upstream.get("/")).of(Some(values)).await.unwrap();
            assert_eq!(ask().await.status(), 200);
            pass(60, values).await;
            // Once more, and it is asked for behind.
            assert_eq!(ask().await.text().unwrap(), "1");
            while values.is_making() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let reply = ask().await;
            let found = (reply.status().as_u16(), reply.text().unwrap());
            assert_eq!((found.0, &*found.1), expected, "{then} {lines}");
        }
    }
}

#[tokio::test]
async fn rh_275_a_tag_gives_a_response_up() {
    let origin = origin("200 OK", "cache-control: max-age=60\r\n").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    let ask = async || body(upstream.get("/").cached().tags(["a", "b"]), values).await;
    assert_eq!([ask().await, ask().await], ["1", "1"]);
    values.store().mark(&[Name::tag("b")], Invalidation::Expire).await.unwrap();
    assert_eq!([ask().await, ask().await], ["2", "2"]);
}

#[tokio::test]
async fn security_45_rfc9111_4_what_the_upstream_says_holds() {
    for (lines, bodies) in [
        // After how many seconds which of its answers is seen.
        ("cache-control: max-age=60\r\n", [(0, "1"), (30, "1"), (30, "2"), (0, "2")]),
        ("cache-control: no-store\r\n", [(0, "1"), (0, "2"), (0, "3"), (0, "4")]),
        (
            "cache-control: max-age=60\r\nset-cookie: a=b\r\n",
            [(0, "1"), (0, "2"), (0, "3"), (0, "4")],
        ),
        ("", [(0, "1"), (0, "2"), (0, "3"), (0, "4")]),
        // It is asked for again and has not changed, so the first body stays.
        (
            "cache-control: max-age=60\r\netag: \"a\"\r\n",
            [(0, "1"), (60, "1"), (0, "1"), (30, "1")],
        ),
        ("cache-control: no-cache\r\netag: \"a\"\r\n", [(0, "1"), (0, "1"), (0, "1"), (0, "1")]),
        (
            "cache-control: max-age=60\r\netag: \"b\"\r\n",
            [(0, "1"), (60, "2"), (0, "2"), (60, "3")],
        ),
    ] {
        let origin = origin("200 OK", lines).await;
        let (upstream, values) = (origin.upstream(), Values::alone());
        for (seconds, expected) in bodies {
            pass(seconds, values).await;
            let found = body(upstream.get("/").cached(), values).await;
            assert_eq!(found, expected, "{lines} after {seconds}");
        }
    }
}

#[tokio::test]
async fn rfc9111_4_3_what_is_not_fresh_is_confirmed_by_a_304() {
    let mut origin = origin("200 OK", "cache-control: no-cache\r\netag: \"a\"\r\n").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    for (number, expected) in [(1, None), (2, Some("\"a\"")), (3, Some("\"a\""))] {
        let reply = upstream.get("/").cached().of(Some(values)).await.unwrap();
        assert_eq!(asked(&origin.request().await), expected);
        let told = reply.headers().get("x-number").map(|it| it.to_str().unwrap().to_owned());
        assert_eq!(told, expected.map(|_| number.to_string()));
        assert_eq!((reply.status().as_u16(), reply.text().unwrap()), (200, "1".to_owned()));
    }
}

#[tokio::test]
async fn rfc9111_1_a_private_cache_is_that_of_one_user() {
    let origin = origin("200 OK", "cache-control: private, max-age=60\r\n").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    let ask = async |user: &str| {
        let call = upstream.get("/me").header("authorization", format!("Bearer {user}"));
        body(call.cached().private(), values).await
    };
    assert_eq!([ask("ada").await, ask("bob").await], ["1", "2"]);
    assert_eq!([ask("ada").await, ask("bob").await], ["1", "2"]);
    // And not what a cache for all would give.
    let call = upstream.get("/me").header("authorization", "Bearer ada");
    assert_eq!(body(call.cached(), values).await, "3");
}

#[tokio::test]
async fn rh_280_without_a_place_to_keep_it_each_call_is_sent() {
    let origin = origin("200 OK", "cache-control: max-age=60\r\n").await;
    let upstream = origin.upstream();
    for expected in ["1", "2"] {
        let reply = upstream.get("/").cached().of(None).await.unwrap();
        assert_eq!(reply.text().unwrap(), expected);
    }
}

#[tokio::test]
async fn what_cannot_be_sent_or_kept_is_an_error() {
    let origin = origin("200 OK", "").await;
    let (upstream, values) = (origin.upstream(), Values::alone());
    let status = |error: Error| error.status().as_u16();
    for (call, expected) in [
        (upstream.post("/").body(vec![0; 1024 * 1024 + 1]).cached(), 500),
        (upstream.get("/").cached().revalidate("60"), 500),
        (upstream.get("/../a").cached(), 400),
        (upstream.get("/").header("a b", "c").cached(), 500),
    ] {
        assert_eq!(call.of(Some(values)).await.map_err(status).unwrap_err(), expected);
    }
    let nowhere = Upstream::at_start("http://127.0.0.1:1").unwrap();
    let error = nowhere.get("/").cached().of(Some(values)).await.unwrap_err();
    assert_eq!(status(error), 502);
}
