//! `bff.toml`: the vectors of annex 5.1 to 5.3 of the specification, and what a captured value must not do.

use bff::axum::Router;

use crate::{
    apps::rules::app,
    support::{Answer, Call, Server, call, raw},
};

async fn server() -> Server {
    Server::start(app::router()).await
}

/// Status and location of each request.
async fn redirects(cases: &[(&str, u16, Option<&str>)]) {
    let server = server().await;
    for &(line, status, location) in cases {
        let answer = server.send(line).await;
        assert_eq!((answer.status, answer.header("location")), (status, location), "{line}");
    }
}

/// Status and text of each request.
async fn answers(cases: &[(&str, u16, &str)]) {
    let server = server().await;
    for &(line, status, text) in cases {
        let answer = server.send(line).await;
        match status {
            200 => answer.is(200, text),
            _ => drop(answer.problem(status)),
        }
    }
}

async fn get(path: &str, headers: &[(&str, &str)]) -> Answer {
    let get = |call: Call, (name, value): &(&str, &str)| call.header(name, value);
    server().await.send(headers.iter().fold(call(&format!("GET {path}")), get)).await
}

#[tokio::test]
async fn rd_02_rd_05_rd_07_rd_08_rd_09_rd_10_pp_12_dc_02_redirects_lead_where_they_say() {
    redirects(&[
        ("GET /old", 308, Some("/rw")),
        ("GET /old?q=1", 308, Some("/rw?q=1")),
        ("POST /old", 308, Some("/rw")),
        ("HEAD /old", 308, Some("/rw")),
        ("OPTIONS /old", 308, Some("/rw")),
        ("GET /old/", 308, Some("/rw")),
        ("GET /old-t/x%20y?z=1", 307, Some("/news/x%20y?z=1")),
        ("GET /old-w", 307, Some("/new")),
        ("GET /old-w/a/b%2Fc", 307, Some("/new/a/b%2Fc")),
        ("GET /old-q?a=9&c=3", 307, Some("/new?a=1&c=3&b=2")),
        ("GET /old-h", 307, Some("/new#frag")),
        ("GET /old-ext/foo", 307, Some("https://foo.example.com/p?x=foo")),
        ("GET /old-301", 301, Some("/rw")),
        ("GET /old-303", 303, Some("/rw")),
        ("GET /old-rx/12", 307, Some("/n/12")),
        ("GET /old-rx/ab", 404, None),
        ("GET /old-un/zz", 307, Some("/unn")),
        ("GET /CaseMe", 307, Some("/case")),
        ("GET /caseme", 404, None),
        ("GET /axtxt-old", 404, None),
        ("GET /a.txt-old", 307, Some("/a")),
        ("GET /chain1", 307, Some("/chain2")),
        ("GET /secure", 307, Some("/rw")),
        ("GET /first/two", 307, Some("/one/two")),
        ("GET /first/two/three", 307, Some("/never")),
    ])
    .await;
}

#[tokio::test]
async fn rd_03_the_body_is_the_location_and_308_has_a_refresh() {
    let server = server().await;
    let permanent = server.get("/old").await;
    permanent.is(308, "/rw");
    assert_eq!(permanent.header("refresh"), Some("0;url=/rw"));
    server.send("HEAD /old").await.is(308, "");
    for path in ["/old-t/x", "/old-301", "/old-303"] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("refresh"), None, "{path}");
        assert_eq!(Some(answer.text()), answer.header("location"), "{path}");
    }
}

#[tokio::test]
async fn rd_06_a_redirect_keeps_the_headers_of_its_path() {
    assert_eq!(get("/old", &[]).await.header("x-old"), Some("1"));
}

#[tokio::test]
async fn hm_01_hm_04_hm_08_conditions_decide_and_capture() {
    for (path, headers, location) in [
        ("/has?page=home", &[][..], Some("/has/home?page=home")),
        ("/has?page=about", &[], None),
        ("/hasq?tok=A%20B", &[], Some("/hasq/A%20B?tok=A%20B")),
        ("/hasq", &[], None),
        ("/has-cookie", &[("cookie", "auth=true")], Some("/in")),
        ("/has-cookie", &[("cookie", "auth=trueX")], None),
        ("/missing-header", &[], Some("/skipped")),
        ("/missing-header", &[("x-skip", "")], Some("/skipped")),
        ("/missing-header", &[("x-skip", "1")], None),
    ] {
        let answer = get(path, headers).await;
        let status = if location.is_some() { 307 } else { 404 };
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
    }
    let server = server().await;
    let request =
        "GET /has-host HTTP/1.1\r\nHost: Foo.example.com:4100\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(server.addr, request).await.header("location"), Some("/host/foo"));
    assert_eq!(server.get("/has-host").await.status, 404);
}

#[tokio::test]
async fn pl_05_pl_06_pl_07_pl_08_rw_02_rw_05_rewrites_are_walked_in_their_order() {
    answers(&[
        ("GET /bf", 200, "rw /rw?from=bf2 /bf "),
        ("GET /rwchain", 200, "rw /rw /rwchain "),
        ("GET /rww/a/b", 200, r#"blog ["a", "b"]"#),
        ("GET /rww", 404, ""),
        ("GET /api/dyn/special", 200, "rw /rw /api/dyn/special "),
        ("GET /api/dyn/normal", 200, "dyn normal {} /api/dyn/normal"),
        ("GET /lang/de/x", 404, ""),
        ("GET /loop-a", 404, ""),
        ("GET /loop-b", 404, ""),
        ("GET /fb", 200, "rw /rw /fb "),
        ("GET /fb/1/2", 200, r#"rw /rw?p=1&p=2 /fb/1/2 "#),
        ("GET /blog/x", 200, r#"blog ["x"]"#),
        ("GET /pages/a", 200, r#"blog ["a"]"#),
    ])
    .await;
}

#[tokio::test]
async fn rw_03_rw_04_dc_06_a_handler_sees_the_query_of_the_rewrite_and_the_url_of_the_client() {
    answers(&[
        ("GET /rwp1/1/2?q=0", 200, r#"dyn 1 {"q": "0"} /rwp1/1/2"#),
        ("GET /rwp2/1/2", 200, r#"dyn 1 {"b": "2"} /rwp2/1/2"#),
        ("GET /lang/en/x/y", 200, r#"dyn en {"rest": "x/y"} /lang/en/x/y"#),
        ("GET /rwp/1/2", 200, "echo /api/echo?a=1&b=2 http://localhost/rwp/1/2"),
    ])
    .await;
    server().await.send(call("POST /rwchain").body("hello")).await.is(200, "rw /rw /rwchain hello");
}

#[tokio::test]
async fn pl_08_before_comes_before_an_exact_route_and_after_does_not() {
    assert!(get("/api/echo", &[]).await.text().starts_with("echo "));
    get("/api/echo", &[("x-before", "1")]).await.is(200, "rw /rw?xbefore=1 /api/echo ");
}

#[tokio::test]
async fn annex_5_2_pl_08_rw_05_pf_03_rewrites_lead_away_from_files_and_to_them() {
    answers(&[
        ("GET /override.txt", 200, "rw /rw /override.txt "),
        ("GET /topub", 200, "hello bff"),
        ("GET /by-proxy/x?do=rewrite&to=/a.txt", 200, "hello bff"),
        ("GET /by-proxy/x?do=rewrite&to=/topub", 200, "hello bff"),
    ])
    .await;
    let (direct, rewritten) = (get("/a.txt", &[]).await, get("/topub", &[]).await);
    for name in ["accept-ranges", "content-length", "content-type", "etag", "last-modified"] {
        assert!(direct.header(name).is_some(), "{name}");
        assert_eq!(rewritten.header(name), direct.header(name), "{name}");
    }
    let part = get("/topub", &[("range", "bytes=0-4")]).await;
    part.is(206, "hello");
}

#[tokio::test]
async fn annex_5_3_hd_05_pl_02_a_header_of_the_file_replaces_the_default_of_its_own_path_alone() {
    for (path, cache_control) in [("/a.txt", "public, max-age=99"), ("/topub", "public, max-age=0")]
    {
        assert_eq!(get(path, &[]).await.header("cache-control"), Some(cache_control), "{path}");
    }
}

#[tokio::test]
async fn hd_09_a_source_may_end_in_a_slash_or_not() {
    for (path, value) in [
        ("/fb", Some("no")),
        ("/fb/", Some("no")),
        ("/fb/1/2", Some("no")),
        ("/fb/1/", Some("no")),
        ("/fbx", None),
    ] {
        assert_eq!(get(path, &[]).await.header("x-accel-buffering"), value, "{path}");
    }
}

#[tokio::test]
async fn pl_03_a_rewrite_to_the_source_of_a_redirect_does_not_redirect() {
    answers(&[
        ("GET /to-redirect", 404, ""),
        ("GET /by-proxy/x?do=rewrite&to=/old", 404, ""),
        ("GET /by-proxy/x?do=rewrite&to=/missing", 404, ""),
        ("GET /by-proxy/x?do=rewrite&to=/by-proxy/x", 404, ""),
        ("GET /by-proxy/x?do=rewrite&to=/rwchain", 200, "rw /rw /by-proxy/x "),
        ("GET /by-proxy/x?do=rewrite&to=/bf", 200, "rw /rw?from=bf2 /by-proxy/x "),
        ("GET /by-proxy/x?do=rewrite&to=/rww/1", 200, r#"blog ["1"]"#),
    ])
    .await;
}

#[tokio::test]
async fn hd_02_hd_03_pl_02_headers_are_those_of_the_path_as_requested() {
    let echo = get("/api/echo", &[]).await;
    assert_eq!((echo.header("x-cfg"), echo.header("x-cfg2")), (Some("two"), Some("v-echo")));
    assert_eq!(get("/api/dyn/x", &[]).await.header("x-cfg2"), Some("v-dyn/x"), "DC-12");
    let rewritten = get("/rwp1/1/2", &[]).await;
    assert_eq!((rewritten.header("x-cfg"), rewritten.header("x-requested")), (None, Some("yes")));
    let captured = get("/api/dyn/x", &[("x-who", "abc")]).await;
    assert_eq!(captured.header("x-who-out"), Some("hi-abc"));
    assert_eq!(captured.header("x-slug-x"), Some("s"));
    assert_eq!(get("/api/dyn/x", &[("x-who", "b")]).await.header("x-who-out"), None);
}

#[tokio::test]
async fn pl_14_hd_04_what_is_not_found_has_its_headers() {
    for (path, name, value) in [("/nf/x", "x-nf", "1"), ("/api/ECHO", "x-cfg", "one")] {
        let answer = get(path, &[]).await;
        answer.problem(404);
        assert_eq!(answer.header(name), Some(value), "{path}");
    }
    assert_eq!(get("/API/echo", &[]).await.header("x-cfg"), None, "PP-12");
}

#[tokio::test]
async fn pl_12_pl_13_hd_07_the_handler_wins_and_lists_are_added_to() {
    let answer = get("/api/echo", &[]).await;
    assert_eq!(answer.header("x-same"), Some("handler"));
    assert_eq!(answer.lines("set-cookie"), ["h=1", "c1=1", "c2=2"]);
    assert_eq!(answer.lines("vary"), ["accept", "origin", "x-override", "x-before"], "HM-11");
    let overridden = get("/api/echo", &[("x-override", "1")]).await;
    assert_eq!(overridden.header("x-same"), Some("config"));
}

#[tokio::test]
async fn pl_12_pl_13_px_85_the_proxy_stands_between_config_and_handler() {
    let answer = get("/by-proxy/x?do=rewrite&to=/rw", &[]).await;
    assert_eq!(answer.header("x-by"), Some("proxy"));
    assert_eq!(answer.lines("set-cookie"), ["proxy=1; Path=/", "config=1"]);
    let redirect = get("/by-proxy/x?do=redirect", &[]).await;
    assert_eq!((redirect.status, redirect.lines("set-cookie").len()), (307, 2), "PX-45");
    let failed = get("/by-proxy/x?do=fail", &[]).await;
    failed.opaque();
    assert_eq!((failed.header("x-by"), failed.lines("set-cookie").len()), (None, 0));
    let handler = get("/by-proxy/x?do=rewrite&to=/fail", &[]).await;
    handler.opaque();
    assert_eq!(handler.header("x-by"), Some("proxy"), "it was not the proxy that failed");
}

#[tokio::test]
async fn bp_30_the_path_is_cleaned_up_before_any_rule() {
    redirects(&[
        ("GET //old", 308, Some("/old")),
        ("GET /nf//x?y=1", 308, Some("/nf/x?y=1")),
        ("GET /x/../old", 308, Some("/old")),
        ("GET /api\\echo", 400, None),
    ])
    .await;
    assert_eq!(get("/nf//x", &[]).await.header("x-nf"), None, "headers come later");
}

#[tokio::test]
async fn hm_10_a_request_that_takes_too_many_steps_is_a_400() {
    get(&format!("/steps/{}", "x".repeat(4000)), &[]).await.problem(400);
    assert_eq!(get("/steps/xxx-az", &[]).await.header("location"), Some("/steps"));
}

#[tokio::test]
async fn cve_2020_15242_cve_2021_37699_no_redirect_leaves_the_site() {
    let server = server().await;
    for path in [
        "//evil.example/",
        "//evil.example/old",
        "/old//evil.example",
        "/%2f%2fevil.example",
        "/old-w//evil.example",
        "/old-w/%2fevil.example",
        "/old-w/%2F%2Fevil.example/x",
        "/old-w/%5cevil.example",
        "/old-w/http:%2f%2fevil.example",
        "/old-t/%2f%2fevil.example",
        "/old-t/https:",
        "/hasq?tok=//evil.example",
        "/hasq?tok=%2F%2Fevil.example",
        "/hasq?tok=https://evil.example",
        "/hasq?tok=%5C%5Cevil.example",
        "/has?page=h//evil.example",
        "/old-q?x=//evil.example",
    ] {
        let answer = server.get(path).await;
        let Some(location) = answer.header("location") else { continue };
        assert!(location.starts_with('/'), "{path}: {location}");
        assert!(!location.starts_with("//") && !location.contains('\\'), "{path}: {location}");
    }
}

#[tokio::test]
async fn cve_2026_64645_a_captured_host_is_one_or_the_request_is_refused() {
    let server = server().await;
    for value in ["evil.example%2f", "evil%23", "evil%3f", "evil@", "evil:80", "evil%00"] {
        let answer = server.get(&format!("/old-ext/{value}")).await;
        answer.problem(400);
        assert_eq!(answer.header("location"), None, "{value}");
    }
}

#[tokio::test]
async fn dc_08_dc_14_a_captured_value_adds_no_segment_and_no_header() {
    for (path, headers, expected) in [
        ("/hasq?tok=..%2Fadmin", &[][..], "/hasq/..%2Fadmin?tok=..%2Fadmin"),
        ("/hasq?tok=a?x=1%23", &[], "/hasq/a%3Fx=1%23?tok=a?x=1%23"),
        (
            "/hasq?tok=a%0d%0aSet-Cookie:%20x=1",
            &[],
            "/hasq/a%0D%0ASet-Cookie:%20x=1?tok=a%0d%0aSet-Cookie:%20x=1",
        ),
        ("/old-t/a%0d%0aset-cookie:x", &[], "/news/a%0d%0aset-cookie:x"),
        ("/old-w/a/%2e%2e%2f", &[], "/new/a/%2e%2e%2f"),
    ] {
        let answer = get(path, headers).await;
        assert_eq!(answer.header("location"), Some(expected), "{path}");
        assert_eq!(answer.lines("set-cookie").len(), 0, "{path}");
    }
    for path in ["/hasq?tok=..", "/hasq?tok=%2E%2E", "/hasq?tok=."] {
        get(path, &[]).await.problem(400);
    }
    for (value, expected) in [
        ("acme", Some("dyn acme {} /tenant")),
        ("../admin", Some("dyn ../admin {} /tenant")),
        ("a?x=1#", Some("dyn a?x=1# {} /tenant")),
        ("..", None),
    ] {
        let answer = get("/tenant", &[("x-tenant", value)]).await;
        match expected {
            Some(text) => answer.is(200, text),
            None => drop(answer.problem(400)),
        }
    }
}

#[tokio::test]
async fn rh_044_rd_04_a_nest_around_the_app_is_in_its_redirects() {
    let router = Router::new().nest_service("/nest", app::router());
    let server = Server::start(router).await;
    for (path, location) in [
        ("/nest/old?q=1", "/nest/rw?q=1"),
        ("/nest/old-w/a", "/nest/new/a"),
        ("/nest/old-ext/foo", "https://foo.example.com/p?x=foo"),
        ("/nest/old-w//a", "/nest/old-w/a"),
        ("/nest/by-proxy/x?do=redirect", "/nest/rw"),
    ] {
        assert_eq!(server.get(path).await.header("location"), Some(location), "{path}");
    }
    server.get("/nest/rwp2/1/2").await.is(200, r#"dyn 1 {"b": "2"} /rwp2/1/2"#);
    server.get("/nest/bf").await.is(200, "rw /rw?from=bf2 /bf ");
    server.get("/old").await.is(404, "");
}

#[tokio::test]
async fn cve_2026_44572_cve_2025_29927_cve_2024_46982_px_95_no_header_of_a_client_changes_what_rules_do()
 {
    let plain = [get("/old", &[]).await, get("/secure", &[]).await, get("/bf", &[]).await];
    for (name, value) in [
        ("x-nextjs-data", "1"),
        ("x-middleware-subrequest", "proxy"),
        ("x-middleware-prefetch", "1"),
        ("x-middleware-rewrite", "/secure"),
        ("x-middleware-next", "1"),
        ("x-matched-path", "/secure"),
        ("x-now-route-matches", "1"),
        ("x-original-url", "/secure"),
        ("x-rewrite-url", "/secure"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-prefix", "/evil"),
    ] {
        for (path, plain) in ["/old", "/secure", "/bf"].into_iter().zip(&plain) {
            let answer = get(path, &[(name, value)]).await.without_noise();
            assert_eq!(answer, plain.clone().without_noise(), "{name} {path}");
        }
    }
}

#[tokio::test]
async fn rw_34_px_77_a_server_that_is_not_there_is_a_502_problem() {
    let answer = get("/dead", &[]).await;
    assert_eq!(answer.problem(502).get("detail"), None);
    assert!(!format!("{answer:?}").contains("127.0.0.1"), "{answer:?}");
}
