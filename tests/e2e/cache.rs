//! Answers that are kept: sections 12 and 14 of the spec.

use std::{sync::Arc, time::Duration};

use bff::{axum::Router, cache, explain::Stage, http::Method};

use crate::{
    apps::cached::{self, Cached},
    support::{Answer, Call, Server, call, in_process, within},
};

fn router(cached: &Cached) -> Router {
    cached::app::router(cached.clone())
}

async fn server(cached: &Cached) -> Server {
    Server::start(router(cached)).await
}

/// Body and `Cache-Status`.
#[track_caller]
fn is(answer: &Answer, body: &str, status: &str) {
    assert_eq!((answer.text(), answer.header("cache-status")), (body, Some(status)), "{answer:?}");
}

const HIT: &str = "bff; hit";
const STORED: &str = "bff; fwd=uri-miss; stored";
const STORED_AGAIN: &str = "bff; fwd=stale; stored";
const BYPASS: &str = "bff; fwd=bypass";

/// Asks until the answer is as expected; what is made with nobody waiting takes its time.
async fn until(server: &Server, path: &str, expected: &str) -> Answer {
    within("a new answer", async {
        loop {
            let answer = server.get(path).await;
            if answer.text() == expected {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
}

#[tokio::test]
async fn rh_253_rh_239_rh_270_the_first_answer_to_get_is_that_to_all_and_to_get_alone() {
    let cached = Cached::default();
    let server = server(&cached).await;
    is(&server.get("/plain").await, "get 1", STORED);
    let hit = server.get("/plain").await;
    is(&hit, "get 1", HIT);
    assert_eq!(hit.header("age"), Some("0"));
    for run in 1..=2 {
        let posted = server.send("POST /plain").await;
        posted.is(200, &format!("post {run}"));
        assert_eq!(posted.header("cache-status"), None);
    }
    server.send("DELETE /plain").await.problem(405);
    is(&server.get("/plain").await, "get 1", HIT);
    // An app of its own, with a store of its own.
    let other = Cached::default();
    is(&in_process(&router(&other), "GET /plain").await, "get 1", STORED);
    assert_eq!((cached.runs("get"), other.runs("get")), (1, 1));
}

#[tokio::test]
async fn rh_251_rh_246_what_caches_in_front_are_told() {
    let server = server(&Cached::default()).await;
    for (path, expected) in [
        ("/plain", "s-maxage=3600, stale-while-revalidate=31532400"),
        ("/short", "s-maxage=1, stale-while-revalidate=31535999"),
        ("/static", "s-maxage=31536000"),
        ("/posts/1", "s-maxage=31536000"),
        ("/language", "s-maxage=3600, stale-while-revalidate=31532400"),
        // Of what differs by client, nothing is said to a cache that knows no client.
        ("/tenant/a", "private, no-cache"),
        // What the handler says itself, what a rule says, what `[[headers]]` do (RH-249, RH-250).
        ("/own", "public, max-age=7"),
        ("/by-rule/x", "public, max-age=5"),
        ("/configured", "public, max-age=9"),
    ] {
        for _ in 0..2 {
            let answer = server.get(path).await;
            assert_eq!(answer.header("cache-control"), Some(expected), "{path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn rh_246_rh_248_status_and_headers_are_kept_and_head_has_no_body() {
    let server = server(&Cached::default()).await;
    // The first is HEAD, whose answer is that to GET.
    for (line, body) in [
        ("HEAD /static", ""),
        ("GET /static", "static 1"),
        ("HEAD /static", ""),
        ("GET /static", "static 1"),
    ] {
        let answer = server.send(line).await;
        answer.is(203, body);
        assert_eq!(answer.header("x-own"), Some("1"), "{line}");
        assert_eq!(answer.header("content-length"), Some("8"), "{line}");
    }
}

#[tokio::test]
async fn conditions_and_ranges_are_answered_from_the_store() {
    let cached = Cached::default();
    let server = server(&cached).await;
    let etag = server.get("/plain").await.header("etag").expect("a tag").to_owned();
    let not_modified = server.send(call("GET /plain").header("if-none-match", &etag)).await;
    assert_eq!((not_modified.status, not_modified.text()), (304, ""));
    assert_eq!(not_modified.header("etag"), Some(&*etag));
    assert_eq!(not_modified.header("cache-status"), Some(HIT));
    // Ranges are of what allows them. A client that asks for a part first does not leave a part in the store.
    server.send(call("GET /plain").header("range", "bytes=0-2")).await.is(200, "get 1");
    server.send(call("GET /own").header("range", "bytes=0-2")).await.is(206, "own");
    let own = server.get("/own").await;
    is(&own, "own 1", HIT);
    server.send(call("GET /own").header("range", "bytes=4-")).await.is(206, "1");
    assert_eq!(own.header("etag"), Some("\"own\""));
    assert_eq!(cached.runs("get"), 1);
}

#[tokio::test]
async fn rh_247_a_handler_that_reads_no_query_has_one_answer_for_all_of_them() {
    let cached = Cached::default();
    let server = server(&cached).await;
    for path in ["/static", "/static?x=1", "/static/", "/static?"] {
        server.get(path).await.is(203, "static 1");
    }
    is(&server.get("/query?a=1&b=2").await, "query 1 [(\"a\", \"1\"), (\"b\", \"2\")]", STORED);
    is(&server.get("/query?a=1&b=2").await, "query 1 [(\"a\", \"1\"), (\"b\", \"2\")]", HIT);
    // The order may mean something.
    is(&server.get("/query?b=2&a=1").await, "query 2 [(\"b\", \"2\"), (\"a\", \"1\")]", STORED);
    is(&server.get("/query").await, "query 3 []", STORED);
    // One path has one entry, however it is spelled.
    for path in ["/files/%C3%A9/b", "/files/%c3%a9/b/", "/files/%c3%A9/%62"] {
        server.get(path).await.is(200, "[\"é\", \"b\"] file 1");
    }
    server.get("/files/%C3%A9%2Fb").await.is(200, "[\"é/b\"] file 2");
}

#[tokio::test]
async fn rh_343_a_handler_sees_the_headers_that_it_names_and_no_others() {
    let server = server(&Cached::default()).await;
    let ask = |language: Option<&'static str>| {
        let call = call("GET /language").header("authorization", "secret").header("cookie", "a=1");
        server.send(match language {
            Some(language) => call.header("accept-language", language),
            None => call,
        })
    };
    let german = ask(Some("de")).await;
    is(&german, "language 1 {\"accept-language\": \"de\"}", STORED);
    assert_eq!(german.header("vary"), Some("accept-language"));
    is(&ask(Some("fr")).await, "language 2 {\"accept-language\": \"fr\"}", STORED);
    is(&ask(None).await, "language 3 {}", STORED);
    is(&ask(Some("")).await, "language 4 {\"accept-language\": \"\"}", STORED);
    is(&ask(Some("de")).await, "language 1 {\"accept-language\": \"de\"}", HIT);
}

#[tokio::test]
async fn rh_248_rh_249_rh_255_what_is_for_one_client_or_for_none_is_not_kept() {
    let cached = Cached::default();
    let server = server(&cached).await;
    for (what, status, reason) in [
        ("cookie", 200, "set-cookie"),
        ("no-store", 200, "cache-control"),
        ("private", 200, "cache-control"),
        ("no-cache", 200, "cache-control"),
        ("vary", 200, "vary"),
        ("partial", 206, "status"),
        ("error", 500, "status"),
        ("missing", 404, "status"),
        ("away", 302, "status"),
        ("large", 200, "size"),
        ("stream", 200, "size"),
        ("events", 200, "size"),
        ("panic", 500, "status"),
    ] {
        let before = cached.runs("never");
        for _ in 0..2 {
            let answer = server.get(&format!("/never/{what}")).await;
            let expected = format!("bff; fwd=uri-miss; detail={reason}");
            assert_eq!(
                (answer.status, answer.header("cache-status"), answer.broken),
                (status, Some(&*expected), false),
                "{what}"
            );
            assert_eq!(answer.header("set-cookie").is_some(), what == "cookie");
            let length = match what {
                "large" => 16 << 20,
                "stream" => 17 << 20,
                _ => answer.body.len(),
            };
            assert_eq!(answer.body.len(), length, "{what}");
        }
        assert_eq!(cached.runs("never"), before + 2, "{what}");
    }
    server.get("/never/panic").await.opaque();
}

#[tokio::test]
async fn rh_244_a_stream_that_fits_is_collected() {
    let server = server(&Cached::default()).await;
    is(&server.get("/streamed").await, "a b streamed 1", STORED);
    let hit = server.get("/streamed").await;
    is(&hit, "a b streamed 1", HIT);
    assert_eq!(hit.header("content-length"), Some("14"));
}

#[tokio::test]
async fn rh_252_v40_a_stale_answer_is_sent_once_more_while_it_is_made_anew() {
    let cached = Cached::default();
    let server = server(&cached).await;
    is(&server.get("/short").await, "short 1", STORED);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    let stale = server.get("/short").await;
    stale.is(200, "short 1");
    let status = stale.header("cache-status").expect("a status");
    assert!(status.starts_with("bff; hit; ttl=") && status.ends_with("; detail=stale"), "{status}");
    assert_ne!(stale.header("age"), Some("0"));
    until(&server, "/short", "short 2").await;
}

#[tokio::test]
async fn rh_255_rh_256_v41_an_answer_that_cannot_be_made_anew_stays_for_some_time() {
    let cached = Cached::default();
    let server = server(&cached).await;
    server.get("/short").await.is(200, "short 1");
    cached.answer_with(500);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    server.get("/short").await.is(200, "short 1");
    within("the second run", async {
        while cached.runs("short") < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    // Not again at once: the pause is three seconds.
    for _ in 0..20 {
        server.get("/short").await.is(200, "short 1");
    }
    assert_eq!(cached.runs("short"), 2);
    cached.answer_with(200);
    let answer = until(&server, "/short", "short 3").await;
    assert_eq!(answer.status, 200);
    // What is gone is not sent any more.
    cached.answer_with(404);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    within("the end of it", async {
        while server.get("/short").await.status != 404 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn rh_254_v43_many_first_requests_run_the_handler_once() {
    const MANY: usize = 10_000;
    let cached = Cached::default();
    let router = router(&cached);
    let asking: Vec<_> = (0..MANY)
        .map(|_| {
            let router = router.clone();
            tokio::spawn(async move { in_process(&router, "GET /slow").await })
        })
        .collect();
    assert_eq!(cached.events.next().await, "runs");
    // All of them have asked by then.
    tokio::task::yield_now().await;
    cached.go_on.notify_one();
    let mut collapsed = 0;
    for answer in asking {
        let answer = within("an answer", answer).await.expect("no panic");
        answer.is(200, "slow 1");
        collapsed +=
            usize::from(answer.header("cache-status") == Some("bff; fwd=uri-miss; collapsed"));
    }
    assert_eq!(cached.runs("slow"), 1);
    assert!(collapsed > 0, "nobody waited");
    is(&in_process(&router, "GET /slow").await, "slow 1", HIT);
}

#[tokio::test]
async fn rh_254_a_client_that_leaves_and_a_handler_that_fails_strand_nobody() {
    let cached = Cached::default();
    let router = router(&cached);
    let ask = || {
        let router = router.clone();
        tokio::spawn(async move { in_process(&router, "GET /slow").await })
    };
    let leader = ask();
    assert_eq!(cached.events.next().await, "runs");
    let followers = [ask(), ask()];
    tokio::task::yield_now().await;
    leader.abort();
    // One of them leads now, and what it gets is for nobody else: each runs the handler for itself.
    assert_eq!(cached.events.next().await, "runs");
    cached.answer_with(503);
    cached.go_on.notify_one();
    assert_eq!(cached.events.next().await, "runs");
    cached.answer_with(200);
    cached.go_on.notify_one();
    let mut statuses = Vec::new();
    for answer in followers {
        statuses.push(within("an answer", answer).await.expect("no panic").status);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 503]);
}

#[tokio::test]
async fn security_40_as_many_as_may_be_are_with_the_handler_and_a_hit_is_none_of_them() {
    let cached = Cached::default();
    let server = Arc::new(server(&cached).await);
    let runs = async || assert_eq!(within("a run", cached.events.next()).await, "runs");
    for (path, body) in [("/places/1", "1, place 1"), ("/places/2", "2, place 2")] {
        let asking = tokio::spawn({
            let server = Arc::clone(&server);
            async move { server.get(path).await }
        });
        runs().await;
        cached.go_on.notify_one();
        is(&within("an answer", asking).await.expect("no panic"), body, STORED);
    }
    cache::revalidate_tag("cached-places").await.expect("a tag");
    // One is made anew, and has the one place.
    server.get("/places/1").await.is(200, "1, place 1");
    runs().await;
    server.get("/places/2").await.is(200, "2, place 2");
    let refused = server.get("/places/3").await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("1")));
    assert_eq!(cached.runs("place"), 3);
    // Then the other is.
    cached.go_on.notify_one();
    runs().await;
    is(&server.get("/places/1").await, "1, place 3", HIT);
    cached.go_on.notify_one();
    until(&server, "/places/2", "2, place 4").await;
}

#[tokio::test]
async fn rh_300_rh_301_rh_304_rh_305_rh_306_answers_are_given_up_by_tag_and_by_path() {
    let cached = Cached::default();
    let server = server(&cached).await;
    is(&server.get("/posts/1").await, "1 post 1", STORED);
    is(&server.get("/posts/2").await, "2 post 2", STORED);
    let put = |how: &'static str| server.send(call("PUT /posts/1").body(how));

    // Now for the next request.
    for (how, run) in [("update", 3), ("path", 4)] {
        put(how).await.is(200, "done");
        is(&server.get("/posts/1").await, &format!("1 post {run}"), STORED_AGAIN);
        is(&server.get("/posts/2").await, "2 post 2", HIT);
    }
    let mut run = 4;
    for how in ["pattern", "subtree"] {
        put(how).await.is(200, "done");
        for id in 1..=2 {
            run += 1;
            let path = format!("/posts/{id}");
            is(&server.get(&path).await, &format!("{id} post {run}"), STORED_AGAIN);
        }
    }
    // Soon.
    put("revalidate").await.is(200, "done");
    server.get("/posts/2").await.is(200, "2 post 8");
    until(&server, "/posts/2", "2 post 9").await;
    // A tag that nothing has is none that anything loses (RH-303), and one that cannot be is refused (RH-302).
    put("cached-nothing").await.is(200, "done");
    is(&server.get("/posts/2").await, "2 post 9", HIT);
    let long = "x".repeat(257);
    server.send(call("PUT /posts/1").body(&long)).await.opaque();
    assert!(cache::update_tag(long).await.is_err_and(|error| error.is_invalid()));
}

#[tokio::test]
async fn rh_246_why_an_answer_is_not_kept_is_told_with_why_it_was_made() {
    let cached = Cached::default();
    let server = server(&cached).await;
    cached.answer_with(404);
    is(&server.get("/fragile").await, "fragile 1", "bff; fwd=uri-miss; detail=status");
    cached.answer_with(200);
    is(&server.get("/fragile").await, "fragile 2", STORED);
    cache::update_tag("cached-fragile").await.expect("a tag");
    cached.answer_with(404);
    is(&server.get("/fragile").await, "fragile 3", "bff; fwd=stale; detail=status");
}

#[tokio::test]
async fn a_tag_has_the_decoded_values_of_params() {
    let cached = Cached::default();
    let server = server(&cached).await;
    server.get("/files/a/%C3%A9").await.is(200, "[\"a\", \"é\"] file 1");
    cache::update_tag("cached-file:a/é").await.expect("a tag");
    server.get("/files/a/%C3%A9").await.is(200, "[\"a\", \"é\"] file 2");
    cache::revalidate_path("/files/a/é").await.expect("a path");
    server.get("/files/a/%C3%A9").await.is(200, "[\"a\", \"é\"] file 3");
    // A value too long for a tag could never be given up by it.
    let long = "x".repeat(300);
    let answer = server.get(&format!("/files/{long}")).await;
    assert_eq!(answer.header("cache-status"), Some("bff; fwd=uri-miss; detail=tag"));
}

#[tokio::test]
async fn rh_345_rules_keep_answers_too() {
    let cached = Cached::default();
    let server = server(&cached).await;
    is(&server.get("/by-rule/x/y").await, "by rule 1", STORED);
    is(&server.get("/by-rule/x/y").await, "by rule 1", HIT);
    // A rule that holds for some paths adds what it has.
    let spoken = |language| server.send(call("GET /by-rule/a").header("accept-language", language));
    is(&spoken("de").await, "by rule 2", STORED);
    is(&spoken("fr").await, "by rule 3", STORED);
    is(&spoken("de").await, "by rule 2", HIT);
    server.send("POST /by-rule/x/y").await.is(200, "changed 1");
    for run in 1..=2 {
        let answer = server.get("/by-rule/not").await;
        answer.is(200, &format!("not {run} true"));
        assert_eq!(answer.header("cache-status"), None);
    }
    cache::update_tag("cached-rule").await.expect("a tag");
    is(&server.get("/by-rule/x/y").await, "by rule 4", STORED_AGAIN);
}

#[tokio::test]
async fn rh_260_rh_373_an_editor_bypasses_the_store_both_ways() {
    const NEVER: &str = "private, no-cache, no-store, max-age=0, must-revalidate";
    let cached = Cached::default();
    let server = server(&cached).await;
    let entered = server.send("POST /draft").await;
    let line = entered.header("set-cookie").expect("a cookie");
    let cookie = line.split(';').next().expect("a pair");
    for run in 1..=2 {
        let answer = server.send(call("GET /draft").header("cookie", cookie)).await;
        is(&answer, &format!("true draft {run}"), BYPASS);
        assert_eq!(answer.header("cache-control"), Some(NEVER));
    }
    is(&server.get("/draft").await, "false draft 3", STORED);
    is(&server.send(call("GET /draft").header("cookie", cookie)).await, "true draft 4", BYPASS);
    // Only the server can write the cookie.
    let forged = format!("{cookie}x");
    is(&server.send(call("GET /draft").header("cookie", &forged)).await, "false draft 3", HIT);
    // An editor sees what is there now, also of what knows nothing of drafts.
    is(&server.get("/plain").await, "get 1", STORED);
    is(&server.send(call("GET /plain").header("cookie", cookie)).await, "get 2", BYPASS);
}

#[tokio::test]
async fn policies_hold_for_what_is_answered_from_the_store() {
    let cached = Cached::default();
    let server = server(&cached).await;
    let ask = |client: &'static str| {
        call("GET /guarded")
            .header("x-client", client)
            .header("x-token", "1")
            .header("cookie", "other=1")
            .header("origin", "https://app.example.com")
    };
    let first = server.send(ask("a")).await;
    is(&first, "guarded 1 false", STORED);
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let hit = server.send(ask("b")).await;
    is(&hit, "guarded 1 false", HIT);
    let all = |answer: &Answer| {
        let names = ["access-control-allow-origin", "ratelimit", "x-content-type-options", "vary"];
        names.map(|name| answer.lines(name).join(", "))
    };
    assert!(all(&hit).iter().all(|line| !line.is_empty()), "{hit:?}");
    assert_eq!(all(&hit)[0], "https://app.example.com");
    // Nobody gets by the requirement, or more often than allowed.
    let without = server.send(call("GET /guarded").header("x-client", "c")).await;
    assert_eq!((without.status, without.header("cache-status")), (401, None));
    for _ in 0..2 {
        is(&server.send(ask("a")).await, "guarded 1 false", HIT);
    }
    let often = server.send(ask("a")).await;
    assert_eq!((often.status, often.header("cache-status")), (429, None));
}

#[tokio::test]
async fn what_is_kept_is_explained_and_listed() {
    let explained = |path: &str| {
        let router = router(&Cached::default());
        let path = path.to_owned();
        async move {
            let explanation =
                bff::explain(&router, Method::GET, &path).await.expect("an explanation");
            let cache = explanation.steps().iter().find(|step| step.stage() == Stage::Cache);
            cache.map(|step| (step.text().to_owned(), step.place().unwrap_or_default().to_owned()))
        }
    };
    for (path, text, place) in [
        (
            "/posts/7",
            "kept until it is revalidated; tags cached-posts, cached-post:{id}",
            "apps/cached/app/posts/[id]/route.rs",
        ),
        (
            "/tenant/a",
            "kept for 3600s; varies by x-tenant, cookie:realm",
            "apps/cached/app/tenant/[name]/route.rs",
        ),
        ("/by-rule/x", "kept for 300s; tags cached-rule", "apps/cached/bff.toml:3:1"),
        ("/by-rule/not", "the answer is not kept", "apps/cached/app/by-rule/not/route.rs"),
    ] {
        let (found, at) = explained(path).await.unwrap_or_else(|| panic!("nothing for {path}"));
        assert_eq!((&*found, &*at), (text, place), "{path}");
    }
    let route = |pattern| {
        let mut routes = cached::app::ROUTES.iter();
        routes.find(|route| route.pattern() == pattern).expect("a route").handlers()[0]
    };
    let tenant = route("/tenant/{name}");
    let vary: Vec<_> = tenant.vary().iter().map(ToString::to_string).collect();
    assert_eq!(vary, ["x-tenant", "cookie:realm"]);
    assert_eq!(tenant.revalidate(), Some(cache::Revalidate::Every(Duration::from_secs(3600))));
    let post = route("/posts/{id}");
    assert_eq!(post.tags().collect::<Vec<_>>(), ["cached-posts", "cached-post:{id}"]);
    assert!(route("/static").is_static() && !post.is_static());
    assert_eq!(route("/by-rule/{*path}").revalidate(), None);
}

/// A request as a client of one of a few tenants would send it, or one who tries to be taken for another.
fn arbitrary(random: &mut impl FnMut(usize) -> usize) -> (Call, String) {
    let names = ["a", "b", "a%20b", "%C3%A9"];
    let decoded = ["a", "b", "a b", "é"];
    let name = random(names.len());
    let queries = [None, Some(""), Some("q=1"), Some("q=1&q=1"), Some("q=1%26x-tenant%3Db")];
    let query = queries[random(queries.len())];
    let shown = [
        "[]",
        "[]",
        "[(\"q\", \"1\")]",
        "[(\"q\", \"1\"), (\"q\", \"1\")]",
        "[(\"q\", \"1&x-tenant=b\")]",
    ];
    let shown = queries.iter().position(|it| *it == query).map_or("", |at| shown[at]);
    let path = match query {
        Some(query) => format!("/tenant/{}?{query}", names[name]),
        None => format!("/tenant/{}", names[name]),
    };
    let mut call = call(&format!("GET {path}"));
    let mut tenants = Vec::new();
    for _ in 0..random(3) {
        let tenant = ["a", "b", "", "a, b", "ab"][random(5)];
        tenants.push(tenant);
        call = call.header("x-tenant", tenant);
    }
    let mut realm = None;
    for _ in 0..random(3) {
        let cookie = ["realm=1", "realm=2", "realm=", "other=realm=1", "xrealm=1"][random(5)];
        call = call.header("cookie", cookie);
        // The last value of a name counts.
        realm = cookie.strip_prefix("realm=").or(realm);
    }
    // Not in the key, so it must not be in the answer either.
    let call = call.header("authorization", ["x", "y"][random(2)]).header("host", "h.example");
    let cookies: Vec<_> = realm.map(|realm| format!("realm={realm}")).into_iter().collect();
    (call, format!("{} {shown} {tenants:?} {cookies:?}", decoded[name]))
}

#[tokio::test]
async fn no_answer_made_for_one_tenant_is_given_to_another() {
    let cached = Cached::default();
    let router = Arc::new(router(&cached));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).expect("small") % below
    };
    let mut hits = 0;
    for _ in 0..40 {
        let batch: Vec<_> = (0..100)
            .map(|_| {
                let (call, expected) = arbitrary(&mut random);
                let router = Arc::clone(&router);
                tokio::spawn(async move {
                    let answer = in_process(&router, call.clone()).await;
                    assert_eq!(answer.text(), expected, "{call:?}");
                    answer.header("cache-status") == Some(HIT)
                })
            })
            .collect();
        for answer in batch {
            hits += usize::from(within("an answer", answer).await.expect("the model agrees"));
        }
    }
    assert!(hits > 1000 && cached.runs("tenant") < 3000, "{hits} of 4000 are hits");
}
