use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};

use crate::{pipeline::DefaultHeaders, response::ResponseExt};

/// Types that a string, bytes or a value have as a response, and that say nothing of what a metadata function makes.
const PLAIN: [&str; 3] =
    ["text/plain; charset=utf-8", "application/octet-stream", "application/json"];

/// The response of a metadata function, with what the function leaves open: its type (MD-14, MDI-04), how caches keep
/// it (MD-09), and a tag where the body is in memory. A failure stays as it is.
pub fn finish(mut response: Response, content_type: &'static str) -> Response {
    if !response.status().is_success() {
        return response;
    }
    if is_plain(response.headers()) {
        let content_type = HeaderValue::from_static(content_type);
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    with_default_caching(&mut response);
    response.with_body_etag()
}

fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|own| PLAIN.iter().any(|plain| own == plain))
}

/// Caches keep it and ask each time whether it is still good, which is one 304 (MD-09).
pub(super) fn with_default_caching(response: &mut Response) {
    if response.headers().contains_key(header::CACHE_CONTROL) {
        return;
    }
    // One of `bff.toml` replaces it (HD-05).
    response.extensions_mut().insert(DefaultHeaders(&["cache-control"]));
    let value = HeaderValue::from_static("public, max-age=0, must-revalidate");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
}

#[cfg(test)]
mod tests {
    use axum::{Json, response::IntoResponse};
    use http::StatusCode;

    use super::*;

    fn finished(response: impl IntoResponse, content_type: &'static str) -> Response {
        finish(response.into_response(), content_type)
    }

    #[test]
    fn md_14_mdi_04_what_is_made_has_the_type_of_its_kind_unless_it_says_its_own() {
        let own = |kind| [(header::CONTENT_TYPE, kind)];
        for (response, expected) in [
            (finished("User-Agent: *", "text/plain; charset=utf-8"), "text/plain; charset=utf-8"),
            (finished("<svg/>", "image/svg+xml"), "image/svg+xml"),
            (finished(vec![1_u8], "image/png"), "image/png"),
            (finished(Json(1), "application/manifest+json"), "application/manifest+json"),
            (finished((own("image/webp"), vec![1_u8]), "image/png"), "image/webp"),
            (finished(StatusCode::OK, "image/png"), "image/png"),
        ] {
            assert_eq!(response.headers()[header::CONTENT_TYPE], expected);
            assert!(response.headers().contains_key(header::ETAG), "{expected}");
        }
    }

    #[test]
    fn md_09_a_header_that_the_function_sets_wins_and_a_failure_is_left_alone() {
        let own = finished(([(header::CACHE_CONTROL, "max-age=60")], "x"), "image/png");
        assert_eq!(own.headers()[header::CACHE_CONTROL], "max-age=60");
        let default = finished("x", "image/png");
        assert_eq!(default.headers()[header::CACHE_CONTROL], "public, max-age=0, must-revalidate");
        let failure = finished((StatusCode::NOT_FOUND, "x"), "image/png");
        assert_eq!(failure.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8");
        assert!(!failure.headers().contains_key(header::CACHE_CONTROL));
        assert!(!failure.headers().contains_key(header::ETAG));
    }
}
