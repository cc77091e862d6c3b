//! Section 1.4 of the spec: the most specific pattern wins, level by level from the left.

use crate::{
    apps::{
        catalog::{self, Catalog},
        levels,
    },
    support::{Server, in_process},
};

async fn check(cases: &[(&str, Option<&str>)]) {
    let server = Server::start(levels::app::router()).await;
    for &(path, expected) in cases {
        let answer = server.get(path).await;
        match expected {
            Some(text) => assert_eq!((answer.status, answer.text()), (200, text), "{path}"),
            None => assert_eq!(answer.status, 404, "{path}: {answer:?}"),
        }
    }
}

#[tokio::test]
async fn rh_033_pp_20_literal_before_param_before_catch_all_before_optional_catch_all() {
    check(&[
        ("/d/static", Some("static")),
        ("/d/1", Some("id 1")),
        ("/d/1/sub", Some("sub 1")),
        ("/d/1/2", Some(r#"rest ["1", "2"]"#)),
        ("/d", None),
        ("/d/", None),
        ("/s/cart", Some("cart")),
        ("/s/hat", Some(r#"filters Some(["hat"])"#)),
        ("/s", Some("filters None")),
        ("/s/hat/reviews", Some("reviews of hat")),
    ])
    .await;
}

#[tokio::test]
async fn rh_034_whole_patterns_are_tried_so_a_literal_blocks_nothing() {
    check(&[
        ("/d/static/x", Some(r#"rest ["static", "x"]"#)),
        ("/d/static/sub", Some("sub static")),
        ("/d/static/sub/x", Some(r#"rest ["static", "sub", "x"]"#)),
        ("/d/1/sub/x", Some(r#"rest ["1", "sub", "x"]"#)),
    ])
    .await;
}

#[tokio::test]
async fn rh_034_also_with_optional_catch_alls() {
    check(&[
        // A literal whose own branch ends nowhere.
        ("/m/fixed", Some("x fixed y None")),
        ("/m/fixed/", Some("x fixed y None")),
        ("/m/other", Some("x other y None")),
        ("/m/other/a/b", Some(r#"x other y Some(["a", "b"])"#)),
        // The literal's catch-all comes before the param's optional one.
        ("/m/fixed/a", Some(r#"fixed ["a"]"#)),
        ("/m/fixed/deep", Some(r#"fixed ["deep"]"#)),
        ("/m/fixed/deep/end", Some("end")),
        ("/m/fixed/deep/other", Some(r#"fixed ["deep", "other"]"#)),
        ("/m/fixed/deep/end/x", Some(r#"fixed ["deep", "end", "x"]"#)),
        ("/m", None),
        // From an optional catch-all's sibling back to it.
        ("/s/cart/x", Some(r#"filters Some(["cart", "x"])"#)),
        ("/s/cart/reviews", Some("reviews of cart")),
        ("/s/hat/reviews/x", Some(r#"filters Some(["hat", "reviews", "x"])"#)),
    ])
    .await;
}

#[tokio::test]
async fn rh_034_an_encoded_slash_makes_no_level() {
    check(&[
        ("/d/static%2Fx", Some("id static/x")),
        ("/d/1%2Fsub", Some("id 1/sub")),
        ("/s%2Fcart", None),
        ("/m/fixed%2Fdeep/end", Some(r#"x fixed/deep y Some(["end"])"#)),
    ])
    .await;
}

#[tokio::test]
async fn rh_033_a_literal_at_the_root_comes_before_a_param() {
    let router = catalog::app::router(Catalog::default());
    in_process(&router, "GET /shop/app/7").await.is(200, r#"filters Some(["app", "7"])"#);
    in_process(&router, "GET /nested/app/7").await.is(200, "nested 7");
    // Back from a literal whose branch ends.
    in_process(&router, "GET /about/app/7").await.is(200, "about 7");
}
