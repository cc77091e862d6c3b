//! Messages as the documentation of the providers has them, signed by others.

use super::*;

async fn raw<P: Provider>(
    secret: &str,
    now: u64,
    headers: &[(&'static str, &'static str)],
    body: &'static str,
) -> Result<Bytes, u16> {
    let mut map = HeaderMap::new();
    map.extend(headers.iter().map(|(name, value)| {
        (http::HeaderName::from_static(name), HeaderValue::from_static(value))
    }));
    let mut request = request(map, body);
    let hooks = Webhooks::new().secret::<P>(secret).unwrap().clock(move || at(now));
    request.extensions_mut().insert(hooks);
    let hook = Webhook::<P>::from_request(request, &()).await;
    hook.map(|hook| hook.bytes).map_err(|rejection| rejection.status().as_u16())
}

#[tokio::test]
async fn security_56_messages_of_the_providers_own_documentation_pass() {
    let github = [(
        "x-hub-signature-256",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    )];
    let received = raw::<GitHub>("It's a Secret to Everybody", NOW, &github, "Hello, World!").await;
    assert_eq!(received, Ok(Bytes::from_static(b"Hello, World!")));

    let slack = [
        ("x-slack-request-timestamp", "1531420618"),
        (
            "x-slack-signature",
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        ),
    ];
    let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow\
        &channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner\
        &command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands\
        %2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121\
        .803a0bc887a14d10d2c447fce8b6703c";
    let key = "8f742231b10e8888abcd99yyyzzz85a5";
    assert!(raw::<Slack>(key, 1_531_420_618, &slack, body).await.is_ok());
    assert_eq!(raw::<Slack>(key, NOW, &slack, body).await, Err(400));

    let standard = [
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ];
    let body = r#"{"test": 2432232314}"#;
    for secret in ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", SECRET] {
        assert!(raw::<StandardWebhooks>(secret, 1_614_265_330, &standard, body).await.is_ok());
    }
}

#[test]
fn security_56_what_is_signed_here_is_what_the_libraries_of_others_sign() {
    fn signed<P: Provider>(secret: &str, id: &str, time: u64, body: &str, name: &str) -> String {
        let headers = sign_at::<P>(&Secret::from(secret), id, at(time), body.as_bytes()).unwrap();
        headers[name].to_str().unwrap().to_owned()
    }
    let github = "It's a Secret to Everybody";
    for (found, by, expected) in [
        (
            signed::<StandardWebhooks>(
                SECRET,
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
                "webhook-signature",
            ),
            "standardwebhooks of PyPI and of npm",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            signed::<Stripe>(SECRET, "", NOW, BODY, "stripe-signature"),
            "stripe of npm",
            "t=1700000000,v1=1d7cee1858a38855ecd2250349f07310e06501bba983655aec7aa11683e42889",
        ),
        (
            signed::<GitHub>(github, "", NOW, "Hello, World!", "x-hub-signature-256"),
            "@octokit/webhooks-methods of npm",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        ),
    ] {
        assert_eq!(found, expected, "{by}");
    }
}
