use super::*;
use crate::scope;

/// Receives within a scope that then answers with this status, or is dropped without an answer.
async fn handled<P: Provider>(
    hooks: &Webhooks,
    headers: HeaderMap,
    body: &str,
    status: Option<u16>,
) -> Result<Event, u16> {
    let mut slot = None;
    let mut receiving = std::pin::pin!(receive::<P>(hooks, headers, body.to_owned()));
    let received =
        std::future::poll_fn(|cx| scope::enter(&mut slot, || receiving.as_mut().poll(cx))).await;
    if let (Some(scope), Some(status)) = (&slot, status) {
        let mut response = axum::response::Response::new(Body::empty());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        scope.put_on(&mut response);
    }
    received
}

const NEW: Result<Event, u16> = Ok(Event { amount: 700 });

async fn a_message_is_handled_once<P: Provider>() {
    let hooks = hooks();
    let signed = || headers::<P>(SECRET, 0, BODY);
    assert_eq!(handled::<P>(&hooks, signed(), BODY, Some(503)).await, NEW, "{}", P::NAME);
    assert_eq!(handled::<P>(&hooks, signed(), BODY, None).await, NEW, "{}", P::NAME);
    assert_eq!(handled::<P>(&hooks, signed(), BODY, Some(204)).await, NEW, "{}", P::NAME);
    assert_eq!(handled::<P>(&hooks, signed(), BODY, Some(200)).await, Err(200), "{}", P::NAME);
    // What is wrong is refused, whether or not it was there before.
    let other = headers::<P>(OTHER, 0, BODY);
    assert_eq!(handled::<P>(&hooks, other, BODY, Some(200)).await, Err(400), "{}", P::NAME);
}

#[tokio::test]
async fn security_56_attack_25_a_message_is_handled_once_and_again_only_after_a_failure() {
    a_message_is_handled_once::<Stripe>().await;
    a_message_is_handled_once::<GitHub>().await;
    a_message_is_handled_once::<Slack>().await;
    a_message_is_handled_once::<Shopify>().await;
    a_message_is_handled_once::<StandardWebhooks>().await;
}

#[tokio::test]
async fn security_56_the_next_attempt_of_a_message_has_its_id_and_another_signature() {
    let hooks = hooks();
    for (after, expected) in [(0, NEW), (5, Err(200)), (250, Err(200))] {
        let signed = headers::<StandardWebhooks>(SECRET, after, BODY);
        assert_eq!(handled::<StandardWebhooks>(&hooks, signed, BODY, Some(200)).await, expected);
        let signed = headers::<Stripe>(SECRET, after, BODY);
        assert_eq!(handled::<Stripe>(&hooks, signed, BODY, Some(200)).await, expected);
    }
}

#[tokio::test]
async fn security_56_what_is_not_signed_does_not_make_a_message_another_one() {
    let hooks = hooks();
    let with = |name: &'static str, value: &'static str| {
        let mut headers = headers::<GitHub>(SECRET, 0, BODY);
        headers.insert(name, HeaderValue::from_static(value));
        headers
    };
    let delivery = "x-github-delivery";
    assert_eq!(handled::<GitHub>(&hooks, with(delivery, "1"), BODY, Some(200)).await, NEW);
    assert_eq!(handled::<GitHub>(&hooks, with(delivery, "2"), BODY, Some(200)).await, Err(200));
    // One body can be that of two events.
    let event = "x-github-event";
    assert_eq!(handled::<GitHub>(&hooks, with(event, "push"), BODY, Some(200)).await, NEW);
    assert_eq!(handled::<GitHub>(&hooks, with(event, "push"), BODY, Some(200)).await, Err(200));
}

#[tokio::test]
async fn security_56_a_message_that_is_being_handled_is_409() {
    let hooks = hooks();
    let mut slot = None;
    let signed = || headers::<Stripe>(SECRET, 0, BODY);
    let mut receiving = std::pin::pin!(receive::<Stripe>(&hooks, signed(), BODY));
    let first = std::future::poll_fn(|cx| scope::enter(&mut slot, || receiving.as_mut().poll(cx)));
    assert_eq!(first.await, NEW);
    assert_eq!(receive::<Stripe>(&hooks, signed(), BODY).await, Err(409));
    // Its client leaves.
    drop(slot);
    assert_eq!(receive::<Stripe>(&hooks, signed(), BODY).await, NEW);
    // Nobody saw the answer of this one, so it counts as handled.
    assert_eq!(receive::<Stripe>(&hooks, signed(), BODY).await, Err(200));
}

#[tokio::test]
async fn security_56_a_body_that_does_not_fit_is_not_taken_up() {
    let hooks = hooks();
    let body = r#"{"id": "evt_1"}"#;
    for _ in 0..2 {
        let signed = headers::<Stripe>(SECRET, 0, body);
        assert_eq!(receive::<Stripe>(&hooks, signed, body).await, Err(422));
    }
    assert_eq!(receive::<Stripe>(&hooks, headers::<Stripe>(SECRET, 0, BODY), BODY).await, NEW);
}

#[tokio::test]
async fn security_56_without_its_store_a_message_is_503() {
    struct Away;
    impl ReplayStore for Away {
        fn begin<'a>(&'a self, _: &'a ReplayId, _: Duration) -> ReplayFuture<'a, Replay> {
            Box::pin(async { Err(crate::Error::msg("away")) })
        }
        fn end<'a>(&'a self, _: &'a ReplayId, _: bool) -> ReplayFuture<'a, ()> {
            Box::pin(async { Err(crate::Error::msg("away")) })
        }
    }
    let hooks = hooks().replays(Away);
    let signed = headers::<Stripe>(SECRET, 0, BODY);
    assert_eq!(receive::<Stripe>(&hooks, signed, BODY).await, Err(503));
}

#[tokio::test]
async fn security_56_a_store_that_takes_its_time_is_told_all_the_same() {
    /// Answers after a while, and counts.
    #[derive(Clone, Default)]
    struct Slow(Arc<AtomicUsize>);
    impl ReplayStore for Slow {
        fn begin<'a>(&'a self, _: &'a ReplayId, keep: Duration) -> ReplayFuture<'a, Replay> {
            assert_eq!(keep, Duration::from_secs(600));
            Box::pin(async {
                tokio::task::yield_now().await;
                Ok(Replay::New)
            })
        }
        fn end<'a>(&'a self, _: &'a ReplayId, is_done: bool) -> ReplayFuture<'a, ()> {
            Box::pin(async move {
                tokio::task::yield_now().await;
                self.0.fetch_add(if is_done { 1 } else { 100 }, Ordering::Relaxed);
                Ok(())
            })
        }
    }
    let slow = Slow::default();
    let hooks = hooks().replays(slow.clone());
    for (status, expected) in [(Some(200), 1), (Some(500), 101), (None, 201)] {
        let signed = headers::<Stripe>(SECRET, 0, BODY);
        assert_eq!(handled::<Stripe>(&hooks, signed, BODY, status).await, NEW);
        crate::after::settled().await;
        assert_eq!(slow.0.load(Ordering::Relaxed), expected);
    }
}
