use http::{HeaderName, HeaderValue, Request};

use super::*;

async fn preconditions(headers: &[(&'static str, &str)]) -> Preconditions {
    let mut request = Request::new(());
    for (name, value) in headers {
        request
            .headers_mut()
            .append(HeaderName::from_static(name), HeaderValue::try_from(*value).unwrap());
    }
    let (mut parts, ()) = request.into_parts();
    Preconditions::from_request_parts(&mut parts, &()).await.unwrap()
}

fn status(result: Result<()>) -> u16 {
    result.map_or_else(|error| error.status().as_u16(), |()| 200)
}

#[tokio::test]
async fn rh_196_a_change_is_made_to_the_state_that_the_client_has_seen() {
    for (headers, to_current, to_nothing, required) in [
        (&[][..], 200, 200, 428),
        (&[("if-match", "\"7\"")], 200, 412, 200),
        (&[("if-match", "\"6\", \"7\"")], 200, 412, 200),
        (&[("if-match", "\"6\"")], 412, 412, 200),
        (&[("if-match", "W/\"7\"")], 412, 412, 200),
        (&[("if-match", "*")], 200, 412, 200),
        (&[("if-match", "")], 412, 412, 200),
        (&[("if-none-match", "*")], 412, 200, 428),
        (&[("if-none-match", "\"7\"")], 412, 200, 428),
        (&[("if-none-match", "\"6\"")], 200, 200, 428),
    ] {
        let preconditions = preconditions(headers).await;
        assert_eq!(status(preconditions.check(&Etag::strong("7"))), to_current, "{headers:?}");
        assert_eq!(status(preconditions.check_absent()), to_nothing, "{headers:?}");
        assert_eq!(status(preconditions.require()), required, "{headers:?}");
    }
}

#[tokio::test]
async fn rh_196_a_time_counts_in_whole_seconds() {
    let preconditions =
        preconditions(&[("if-unmodified-since", "Sun, 06 Nov 1994 08:49:37 GMT")]).await;
    let at = |milliseconds| SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds);
    for (modified, expected) in
        [(784_111_777_999, 200), (784_111_778_000, 412), (784_111_000_000, 200)]
    {
        assert_eq!(status(preconditions.check_modified(at(modified))), expected);
    }
    assert_eq!(status(preconditions.require()), 200);
}
