//! Section 1.3 of the spec: dynamic segments, and what a handler is given of them.

use serde_json::json;

use crate::{
    apps::catalog::{self, Catalog},
    support::{Server, call},
};

async fn server() -> Server {
    Server::start(catalog::app::router(Catalog::default())).await
}

#[tokio::test]
async fn rh_022_a_param_is_exactly_one_segment_and_never_empty() {
    let server = server().await;
    server.get("/items/7").await.is(200, "item 7");
    server.get("/kinds/book").await.is(200, "type book");
    for path in ["/items", "/items/", "/items/7/8", "/kinds/"] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_023_a_catch_all_is_one_or_more_segments() {
    let server = server().await;
    for (path, expected) in [
        ("/files/a", json!(["a"])),
        ("/files/a/b/c", json!(["a", "b", "c"])),
        ("/files/a/b/", json!(["a", "b"])),
    ] {
        assert_eq!(server.get(path).await.json(), expected, "{path}");
    }
    for path in ["/files", "/files/"] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_024_an_optional_catch_all_is_zero_or_more_segments_and_absent_for_zero() {
    let server = server().await;
    for (path, expected) in [
        ("/echo", json!(null)),
        ("/echo/", json!(null)),
        ("/echo?p=x", json!(null)),
        ("/echo/a", json!(["a"])),
        ("/echo/a/b/c", json!(["a", "b", "c"])),
    ] {
        assert_eq!(server.get(path).await.json()["p"], expected, "{path}");
    }
}

#[tokio::test]
async fn rh_025_rh_032_several_params_arrive_by_name_beside_extractors() {
    let server = server().await;
    let answer = server.get("/orgs/acme/repos/rocket-skates/issues/9?label=bug").await;
    let expected = json!({ "org": "acme", "repo": "rocket-skates", "number": 9, "label": "bug", "method": "GET" });
    assert_eq!(answer.json(), expected);
    server.get("/orgs/acme/repos/rocket-skates/issues/nine").await.problem(404);
    // An extractor's refusal is its own; params were fine.
    assert_eq!(server.get("/orgs/acme/repos/x/issues/9?label=a&label=b").await.status, 400);
}

#[tokio::test]
async fn rh_026_pp_22_each_segment_is_decoded_once_after_splitting() {
    let server = server().await;
    for (path, expected) in [
        ("/echo/a/b%20c/%E6%97%A5/x%2Fy", json!(["a", "b c", "日", "x/y"])),
        ("/echo/%252F", json!(["%2F"])),
        ("/echo/%2f%2F/b", json!(["//", "b"])),
        ("/echo/%00", json!(["\0"])),
        ("/echo/%25", json!(["%"])),
        ("/echo/a%3Fb%23c", json!(["a?b#c"])),
        ("/echo/%5C", json!(["\\"])),
        ("/echo/%61", json!(["a"])),
    ] {
        assert_eq!(server.get(path).await.json()["p"], expected, "{path}");
    }
    server.get("/kinds/x%2Fy").await.is(200, "type x/y");
}

#[tokio::test]
async fn rh_027_plus_semicolon_space_and_brackets_are_values() {
    let server = server().await;
    for (path, expected) in [
        ("/echo/a+b", json!(["a+b"])),
        ("/echo/a;p=1/b", json!(["a;p=1", "b"])),
        ("/echo/%20", json!([" "])),
        ("/echo/%5Bid%5D", json!(["[id]"])),
        ("/echo/[id]", json!(["[id]"])),
        ("/echo/a&b=c", json!(["a&b=c"])),
        ("/echo/a:b@c,d!$'()*", json!(["a:b@c,d!$'()*"])),
        ("/echo/...", json!(["..."])),
        ("/echo/.a/b.", json!([".a", "b."])),
        ("/echo/*", json!(["*"])),
        ("/echo/{x}", json!(["{x}"])),
        ("/echo/~a|b", json!(["~a|b"])),
    ] {
        assert_eq!(server.get(path).await.json()["p"], expected, "{path}");
    }
}

#[tokio::test]
async fn rh_028_pl_16_a_broken_escape_on_a_dynamic_route_is_a_400_problem() {
    let server = server().await;
    for path in [
        "/echo/%E0%A4",
        "/echo/a%2",
        "/echo/%",
        "/echo/%zz",
        "/echo/%+1",
        "/echo/ok/%FF",
        "/echo/%C0%AF",
        "/echo/%ED%A0%80",
        "/items/%E0%A4",
        "/files/a/%",
        "/kinds/%2",
        "/axum/path/%E0/7",
        "/axum/rest/a/%2",
        "/axum/optional/%zz",
        "/axum/matched/%FF",
    ] {
        for method in ["GET", "HEAD"] {
            let answer = server.send(call(&format!("{method} {path}"))).await;
            assert_eq!(answer.status, 400, "{method} {path}");
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{method} {path}"
            );
        }
        let answer = server.send(call(&format!("GET {path}")).header("accept", "text/plain")).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (400, Some("text/plain; charset=utf-8"))
        );
    }
}

#[tokio::test]
async fn rh_028_the_handler_does_not_run_even_when_it_takes_no_param() {
    let server = server().await;
    server.get("/untaken/ok").await.is(200, "shown without looking");
    server.get("/untaken/%E0%A4").await.problem(400);
    server.get("/untaken/a%2").await.problem(400);
}

#[tokio::test]
async fn rh_028_pl_16_a_broken_escape_that_hits_no_route_is_404() {
    let server = server().await;
    for path in ["/%E0%A4", "/nowhere/a%2", "/about%2", "/items%/7"] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_028_a_query_may_hold_any_escape() {
    let server = server().await;
    server.get("/items/7?x=%E0%A4&y=%").await.is(200, "item 7");
}

#[tokio::test]
async fn rh_029_without_dynamic_segments_there_are_no_params() {
    let server = server().await;
    server.get("/axum/none").await.is(200, "{}");
}

#[tokio::test]
async fn rh_030_params_are_parsed_to_their_type() {
    let server = server().await;
    for (path, expected) in [
        ("/items/0", "item 0"),
        ("/items/18446744073709551615", "item 18446744073709551615"),
        ("/items/%37", "item 7"),
        ("/colors/red", "Red"),
        ("/colors/green", "Green"),
        ("/numbers/1/2/-4", "-1"),
        ("/optional-numbers", "None"),
        ("/optional-numbers/40/2", "Some(42)"),
    ] {
        server.get(path).await.is(200, expected);
    }
}

#[tokio::test]
async fn rh_030_a_value_that_does_not_parse_is_404() {
    let server = server().await;
    for path in [
        "/items/seven",
        "/items/-1",
        "/items/7.0",
        "/items/%20",
        "/items/18446744073709551616",
        "/colors/blue",
        "/colors/Red",
        "/numbers/1/two",
        "/optional-numbers/x",
        "/acme/app/256",
    ] {
        let problem = server.get(path).await.problem(404);
        assert_eq!(problem["title"], "Not Found", "{path}");
    }
    server.send("PATCH /items/seven").await.problem(404);
    server.send("PATCH /items/7").await.is(200, "edited 7");
}

#[tokio::test]
async fn rh_030_a_value_that_does_not_parse_is_400_where_the_handler_says_so() {
    let server = server().await;
    for path in ["/items/seven", "/items/-1", "/numbers/1/two", "/optional-numbers/x"] {
        server.send(call(&format!("PUT {path}"))).await.problem(400);
    }
    server.send("PUT /items/7").await.is(200, "replaced 7");
    server.send("PUT /numbers/1/2").await.is(200, "2");
    server.send("PUT /optional-numbers").await.is(200, "None");
}

#[tokio::test]
async fn rh_030_a_value_that_does_not_parse_is_not_reflected() {
    let server = server().await;
    for method in ["GET", "PUT"] {
        server.send(call(&format!("{method} /items/secret%3Cscript%3E"))).await.tells_no_secret();
    }
}

#[tokio::test]
async fn rh_030_rh_031_axums_own_path_extractor_works_as_well() {
    let server = server().await;
    assert_eq!(server.get("/axum/path/acme/7").await.json(), json!({ "org": "acme", "id": 7 }));
    server.send("POST /axum/path/a%20b/7").await.is(200, "a b 7");
    server.send("PUT /axum/path/%E6%97%A5/7").await.is(200, "日 7");
    server.send("DELETE /axum/path/acme/7").await.is(200, "acme 7 7");
    server.get("/axum/rest/a/b%2Fc/").await.is(200, "a/b/c");
    let optional = [
        ("/axum/optional", json!(["/axum/optional", null])),
        ("/axum/optional/", json!(["/axum/optional", null])),
        ("/axum/optional/a/b", json!(["/axum/optional/{*path}", "a/b"])),
    ];
    for (path, expected) in optional {
        assert_eq!(server.get(path).await.json(), expected, "{path}");
    }
}

#[tokio::test]
async fn rh_032_keywords_are_param_names() {
    server().await.get("/kinds/book").await.is(200, "type book");
}

#[tokio::test]
async fn the_url_is_the_one_that_was_sent_also_behind_axums_router() {
    let server = server().await;
    for path in
        ["/axum/uris/7?q=1", "/axum/uris/7/?q=1", "/axum/uris/%37/", "/axum/uris/%e6%97%a5/?"]
    {
        let told = server.get(path).await.json();
        assert_eq!((&told["uri"], &told["original"]), (&path.into(), &path.into()));
        assert_eq!(told["matched"], "/axum/uris/{id}");
    }
}
