//! What goes on which response.

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};

use super::{Secured, SecurityHeaders};
use crate::routing::ResponseFuture;

const NAMES: [&str; 6] = [
    "x-content-type-options",
    "referrer-policy",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
];

/// The security headers of an answer, as `name: value` lines in the order of [`NAMES`].
async fn secured(response: Response, headers: Option<&'static SecurityHeaders>) -> Vec<String> {
    let future = ResponseFuture::ready(response, &Request::default());
    let response = Secured::new(future, headers).await;
    let line = |name: &str| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(format!("{name}: {value}"))
    };
    NAMES.iter().filter_map(|name| line(name)).collect()
}

fn page() -> Response {
    ([(header::CONTENT_TYPE, "text/html")], "<p>").into_response()
}

#[tokio::test]
async fn security_15_a_page_and_everything_else_have_their_headers() {
    assert_eq!(
        secured(StatusCode::NOT_FOUND.into_response(), None).await,
        [
            "x-content-type-options: nosniff",
            "referrer-policy: strict-origin-when-cross-origin",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
            "cross-origin-resource-policy: same-origin",
        ]
    );
    assert_eq!(
        secured(page(), None).await,
        [
            "x-content-type-options: nosniff",
            "referrer-policy: strict-origin-when-cross-origin",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "permissions-policy: camera=(), geolocation=(), microphone=()",
        ]
    );
    let not_modified = StatusCode::NOT_MODIFIED.into_response();
    assert!(secured(not_modified, None).await.is_empty());
}

#[tokio::test]
async fn security_15_each_has_a_switch_and_what_a_handler_sets_stays() {
    static OWN: SecurityHeaders = SecurityHeaders::new()
        .content_type_options(None)
        .referrer_policy(Some("no-referrer"))
        .content_security_policy(None)
        .cross_origin_opener_policy(Some("unsafe-none"))
        .permissions_policy(None);
    let own = Some(&OWN);
    assert_eq!(
        secured(page(), own).await,
        [
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: unsafe-none",
            "cross-origin-resource-policy: same-origin",
        ]
    );
    let response = Response::builder().header("referrer-policy", "origin").body(Body::empty());
    let lines = secured(response.unwrap(), own).await;
    assert_eq!(lines, ["referrer-policy: origin", "cross-origin-resource-policy: same-origin"]);
}
