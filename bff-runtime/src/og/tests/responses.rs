use axum::{Router, body::Body, extract::Request, response::IntoResponse, routing::get};

use super::*;
use crate::{Response, ResponseExt, Result, response::Conditions, testing::client};

fn dot() -> Image {
    Image::new(div([]).style("background: red")).size(2, 2)
}

#[tokio::test]
async fn rh_413_mdo_03_mdo_04_it_is_sent_with_its_type_its_tag_and_to_be_asked_for_again() {
    let app = Router::new()
        .route("/png", get(|| async { dot().render().await }))
        .route("/webp", get(|| async { dot().format(Format::WebP).render().await }))
        .route("/kept", get(kept));
    let client = client(app);
    for (path, status, content_type, cache) in [
        ("/png", 200, "image/png", "public, max-age=0, must-revalidate"),
        ("/webp", 200, "image/webp", "public, max-age=0, must-revalidate"),
        ("/kept", 202, "image/png", "max-age=60"),
    ] {
        let response = client.get(path).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers()["content-type"], content_type, "{path}");
        assert_eq!(response.headers()["cache-control"], cache, "{path}");
        let etag = response.headers()["etag"].to_str().unwrap().to_owned();
        assert!(etag.starts_with('"') && etag.len() == 34, "{etag}");
        assert_eq!(client.get(path).await.headers()["etag"], *etag, "{path}");
    }
}

async fn kept() -> Result<Response> {
    let dot = dot().render().await?;
    Ok(dot.with_status(http::StatusCode::ACCEPTED).with_cache_control("max-age=60"))
}

#[tokio::test]
async fn rh_196_mdo_04_a_client_that_has_it_is_answered_304() {
    let mut response = dot().render().await.unwrap().into_response();
    let etag = response.headers()["etag"].clone();
    let request = Request::builder().header("if-none-match", &etag).body(Body::empty()).unwrap();
    Conditions::of(&request).unwrap().apply(&mut response);
    assert_eq!(response.status(), 304);
    assert_eq!(response.headers()["etag"], etag);
}

#[tokio::test]
async fn mdo_07_what_goes_wrong_is_for_the_log_alone() {
    let broken = || async { Image::new(div([]).style("color: s3cret")).render().await };
    let response = client(Router::new().route("/", get(broken))).get("/").await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(!response.text().contains("s3cret"));
}
