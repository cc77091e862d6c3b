use super::*;
use crate::{policy::OwnBodyLimit, webhook::Webhook};

const LIMIT: usize = 64 * 1024;

/// A good message of so many bytes.
fn large(length: usize) -> String {
    format!(r#"{{"amount":1,"x":"{}"}}"#, "x".repeat(length - r#"{"amount":1,"x":""}"#.len()))
}

/// Sends a body of this length within the limits, in chunks of unknown number.
async fn status(hooks: &Webhooks, length: usize, own: Option<usize>, around: Option<usize>) -> u16 {
    let body = large(length);
    let signed = headers::<Stripe>(SECRET, 0, &body);
    let chunks: Vec<_> = body.into_bytes().chunks(1000).map(Bytes::copy_from_slice).collect();
    let chunks = futures_util::stream::iter(chunks.into_iter().map(Ok::<_, std::io::Error>));
    let mut request = request(signed, Body::from_stream(chunks));
    request.extensions_mut().insert(hooks.clone());
    if own.is_some() {
        request.extensions_mut().insert(OwnBodyLimit);
    }
    if let Some(limit) = own.or(around) {
        axum::extract::DefaultBodyLimit::max(limit).apply(&mut request);
    }
    let hook = Webhook::<Stripe, Event>::from_request(request, &()).await;
    hook.map_or_else(|rejection| rejection.status().as_u16(), |_| 200)
}

#[tokio::test]
async fn security_25_security_34_a_body_has_64_kib_unless_its_route_says_otherwise() {
    for (length, own, around, expected) in [
        (LIMIT, None, None, 200),
        (LIMIT + 1, None, None, 413),
        (LIMIT + 1, Some(LIMIT + 1), None, 200),
        (LIMIT + 2, Some(LIMIT + 1), None, 413),
        (1001, Some(1000), None, 413),
        (1000, Some(1000), None, 200),
        // One around the whole app does not raise it.
        (LIMIT + 1, None, Some(1 << 20), 413),
        (LIMIT, None, Some(1 << 20), 200),
        (1001, None, Some(1000), 413),
    ] {
        assert_eq!(
            status(&hooks(), length, own, around).await,
            expected,
            "{length} {own:?} {around:?}"
        );
    }
    let larger = hooks().body_limit(100_000);
    assert_eq!(status(&larger, 100_000, None, None).await, 200);
    assert_eq!(status(&larger, 100_001, None, None).await, 413);
}

#[tokio::test]
async fn security_56_attack_25_a_gigabyte_is_refused_before_it_is_asked_for() {
    struct Gigabyte(Arc<AtomicUsize>);
    impl http_body::Body for Gigabyte {
        type Data = Bytes;
        type Error = std::io::Error;
        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            std::task::Poll::Ready(None)
        }
        fn size_hint(&self) -> http_body::SizeHint {
            http_body::SizeHint::with_exact(1 << 30)
        }
    }
    let asked = Arc::new(AtomicUsize::new(0));
    let body = Body::new(Gigabyte(Arc::clone(&asked)));
    let received = receive::<Stripe>(&hooks(), headers::<Stripe>(SECRET, 0, BODY), body).await;
    assert_eq!(received, Err(413));
    // Nor is the body of a message that is refused for its headers.
    let body = Body::new(Gigabyte(Arc::clone(&asked)));
    assert_eq!(receive::<Stripe>(&hooks(), HeaderMap::new(), body).await, Err(400));
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn security_56_nothing_is_parsed_before_it_is_genuine() {
    static PARSED: AtomicUsize = AtomicUsize::new(0);
    #[derive(Debug)]
    struct Watched;
    impl<'de> Deserialize<'de> for Watched {
        fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            PARSED.fetch_add(1, Ordering::Relaxed);
            Ok(Self)
        }
    }
    for (secret, body, expected) in [(OTHER, "{", 0), (OTHER, BODY, 0), (SECRET, BODY, 1)] {
        let mut request = request(headers::<Stripe>(secret, 0, body), body);
        request.extensions_mut().insert(hooks());
        let _ = Webhook::<Stripe, Watched>::from_request(request, &()).await;
        assert_eq!(PARSED.load(Ordering::Relaxed), expected, "{secret} {body}");
    }
}

#[tokio::test]
async fn security_56_a_genuine_body_is_read_by_its_content_type_or_refused() {
    for (content_type, body, expected) in [
        (None, BODY, Ok(700)),
        (Some("application/json"), BODY, Ok(700)),
        (Some("text/plain"), BODY, Ok(700)),
        (Some("application/x-www-form-urlencoded"), "amount=5&text=a+b", Ok(5)),
        (Some("application/x-www-form-urlencoded"), BODY, Err(422)),
        (None, "{\"amount\":", Err(400)),
        (None, "", Err(400)),
        (None, r#"{"amount": "7"}"#, Err(422)),
        (None, "{}", Err(422)),
    ] {
        let mut headers = headers::<Slack>(SECRET, 0, body);
        if let Some(value) = content_type {
            headers.insert("content-type", HeaderValue::from_static(value));
        }
        let received = receive::<Slack>(&hooks(), headers, body).await;
        assert_eq!(received.map(|event| event.amount), expected, "{content_type:?} {body}");
    }
}

#[tokio::test]
async fn rh_121_bytes_that_are_no_text_are_genuine_or_not_as_well() {
    let body = Bytes::from_static(b"\xff\x00\xfe{");
    let headers = sign_at::<GitHub>(&SECRET.into(), "", at(NOW), &body).unwrap();
    let mut request = request(headers, body.clone());
    request.extensions_mut().insert(hooks());
    let hook = Webhook::<GitHub>::from_request(request, &()).await.unwrap();
    assert_eq!(hook.bytes, body);
    assert_eq!(format!("{hook:?}"), "Webhook { event: Raw, n_bytes: 4, .. }");
}
