use super::*;

/// A change to the headers of a good message.
type Change = fn(&mut HeaderMap);

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    headers.insert(name, HeaderValue::try_from(value).unwrap());
}

fn text(headers: &HeaderMap, name: &str) -> String {
    headers[name].to_str().unwrap().to_owned()
}

/// Twenty messages of one provider, of which the first and the one with two signatures pass.
async fn only_the_good_one_passes<P: Provider>(signs_time: bool) {
    let good = || headers::<P>(SECRET, 0, BODY);
    let passes = Ok(Event { amount: 700 });
    assert_eq!(receive::<P>(&hooks(), good(), BODY).await, passes, "{}", P::NAME);
    for after in [-300, -299, 299, 300] {
        let received = receive::<P>(&hooks(), headers::<P>(SECRET, after, BODY), BODY).await;
        assert_eq!(received, passes, "{} {after}", P::NAME);
    }
    let bodies = [
        ("one byte changed", BODY.replace('7', "8")),
        ("one byte more", format!("{BODY} ")),
        ("one byte less", BODY[..BODY.len() - 1].to_owned()),
        ("serialized again", r#"{"id":"evt_1","amount":700}"#.to_owned()),
        ("in another order", r#"{"amount": 700, "id": "evt_1"}"#.to_owned()),
        ("of another message", r#"{"id": "evt_2", "amount": 700}"#.to_owned()),
        ("no body", String::new()),
        ("with a byte order mark", format!("\u{feff}{BODY}")),
        ("no JSON", BODY.replace('{', "[")),
    ];
    for (name, body) in bodies {
        assert_eq!(receive::<P>(&hooks(), good(), body).await, Err(400), "{}: {name}", P::NAME);
    }
    let wrong = [
        ("nothing signed", HeaderMap::new()),
        ("another secret", headers::<P>(OTHER, 0, BODY)),
        ("the signature of another body", headers::<P>(SECRET, 0, "{}")),
    ];
    for (name, headers) in wrong {
        assert_eq!(receive::<P>(&hooks(), headers, BODY).await, Err(400), "{}: {name}", P::NAME);
    }
    if signs_time {
        for after in [-301, 301, -86_400, 86_400, -(NOW as i64)] {
            let received = receive::<P>(&hooks(), headers::<P>(SECRET, after, BODY), BODY).await;
            assert_eq!(received, Err(400), "{}: {after} s", P::NAME);
        }
    }
    // Each header in turn is missing, empty, there twice, or not ASCII.
    for name in good().keys() {
        let mut without = good();
        without.remove(name);
        let mut twice = good();
        twice.append(name, good()[name].clone());
        let mut empty = good();
        empty.insert(name, HeaderValue::from_static(""));
        let mut odd = good();
        odd.insert(name, HeaderValue::from_bytes(b"\xff").unwrap());
        for headers in [without, twice, empty, odd] {
            let received = receive::<P>(&hooks(), headers, BODY).await;
            assert_eq!(received, Err(400), "{}: {name}", P::NAME);
        }
    }
}

#[tokio::test]
async fn security_56_attack_25_of_all_messages_only_the_good_one_passes() {
    only_the_good_one_passes::<Stripe>(true).await;
    only_the_good_one_passes::<Slack>(true).await;
    only_the_good_one_passes::<StandardWebhooks>(true).await;
    only_the_good_one_passes::<GitHub>(false).await;
    only_the_good_one_passes::<Shopify>(false).await;
}

/// Applies changes to a good message of one provider.
async fn changed<P: Provider>(cases: &[(&str, u16, Change)]) {
    for (name, expected, change) in cases {
        let mut headers = headers::<P>(SECRET, 0, BODY);
        change(&mut headers);
        let received = receive::<P>(&hooks(), headers, BODY).await;
        let status = received.map_or_else(|status| status, |_| 200);
        assert_eq!(status, *expected, "{}: {name}", P::NAME);
    }
}

#[tokio::test]
async fn security_56_attack_25_the_headers_of_standard_webhooks_are_read_strictly() {
    const SIGNATURE: &str = "webhook-signature";
    const TIME: &str = "webhook-timestamp";
    const ID: &str = "webhook-id";
    changed::<StandardWebhooks>(&[
        ("as it is", 200, |_| {}),
        ("another id", 400, |it| set(it, ID, "msg_2")),
        ("an id with a full stop", 400, |it| set(it, ID, "msg_1.1700000000")),
        ("ts i64::MIN", 400, |it| set(it, TIME, &i64::MIN.to_string())),
        ("ts i64::MAX", 400, |it| set(it, TIME, &i64::MAX.to_string())),
        ("ts u64::MAX", 400, |it| set(it, TIME, &u64::MAX.to_string())),
        ("ts 1e3", 400, |it| set(it, TIME, "1e3")),
        ("ts of milliseconds", 400, |it| set(it, TIME, "1700000000000")),
        ("ts another second", 400, |it| set(it, TIME, "1700000001")),
        ("ts with a zero before it", 400, |it| set(it, TIME, "01700000000")),
        ("version v2", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1,", "v2,"))),
        ("version v1a", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1,", "v1a,"))),
        ("no version", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1,", ""))),
        ("an equals sign", 400, |it| {
            set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1,", "v1="))
        }),
        ("no padding", 400, |it| {
            set(it, SIGNATURE, text(it, SIGNATURE).trim_end_matches('='));
        }),
        ("a bad one, then the good one", 200, |it| {
            let bad = format!("v1,{}=", "A".repeat(43));
            set(it, SIGNATURE, &format!("{bad} {}", text(it, SIGNATURE)));
        }),
        ("the good one, then others", 200, |it| {
            set(it, SIGNATURE, &format!("{} v1,x v2,y v1a,z ", text(it, SIGNATURE)));
        }),
        ("commas between them", 400, |it| {
            let bad = format!("v1,{}=", "A".repeat(43));
            set(it, SIGNATURE, &format!("{bad},{}", text(it, SIGNATURE)));
        }),
        ("the good one after sixteen others", 400, |it| {
            let bad = format!("v1,{}= ", "A".repeat(43)).repeat(16);
            set(it, SIGNATURE, &format!("{bad}{}", text(it, SIGNATURE)));
        }),
    ])
    .await;
}

#[tokio::test]
async fn security_56_attack_25_the_headers_of_stripe_are_read_strictly() {
    const SIGNATURE: &str = "stripe-signature";
    changed::<Stripe>(&[
        ("as it is", 200, |_| {}),
        ("scheme v0", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1=", "v0="))),
        ("scheme v2", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1=", "v2="))),
        ("in upper case", 200, |it| {
            let (start, hex) = text(it, SIGNATURE).split_once("v1=").map(own).unwrap();
            set(it, SIGNATURE, &format!("{start}v1={}", hex.to_uppercase()));
        }),
        ("two signatures, one good", 200, |it| {
            let bad = format!("v1={},", "0".repeat(64));
            set(it, SIGNATURE, &text(it, SIGNATURE).replace("v1=", &format!("{bad}v1=")));
        }),
        ("two times", 400, |it| {
            set(it, SIGNATURE, &format!("t=1700000000,{}", text(it, SIGNATURE)))
        }),
        ("another time", 400, |it| {
            set(it, SIGNATURE, &text(it, SIGNATURE).replace("000,", "001,"))
        }),
        ("no time", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace("t=", "x="))),
        ("an empty time", 400, |it| {
            set(it, SIGNATURE, &text(it, SIGNATURE).replace("1700000000", ""))
        }),
        ("no pairs", 400, |it| set(it, SIGNATURE, &text(it, SIGNATURE).replace('=', ""))),
        ("base64 for hex", 400, |it| {
            set(it, SIGNATURE, "t=1700000000,v1=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        }),
    ])
    .await;
}

#[tokio::test]
async fn security_56_attack_25_the_headers_of_the_others_are_read_strictly() {
    const GITHUB: &str = "x-hub-signature-256";
    const SLACK: &str = "x-slack-signature";
    const SHOPIFY: &str = "x-shopify-hmac-sha256";
    changed::<GitHub>(&[
        ("as it is", 200, |_| {}),
        ("sha1", 400, |it| set(it, GITHUB, &text(it, GITHUB).replace("sha256", "sha1"))),
        ("no name", 400, |it| set(it, GITHUB, &text(it, GITHUB).replace("sha256=", ""))),
        ("the old header", 400, |it| {
            let value = it.remove(GITHUB).unwrap();
            it.insert("x-hub-signature", value);
        }),
    ])
    .await;
    changed::<Slack>(&[
        ("as it is", 200, |_| {}),
        ("version v1", 400, |it| set(it, SLACK, &text(it, SLACK).replace("v0=", "v1="))),
        ("another time", 400, |it| set(it, "x-slack-request-timestamp", "1700000001")),
        ("ts i64::MIN", 400, |it| set(it, "x-slack-request-timestamp", &i64::MIN.to_string())),
    ])
    .await;
    changed::<Shopify>(&[
        ("as it is", 200, |_| {}),
        ("hex for base64", 400, |it| set(it, SHOPIFY, &"0".repeat(64))),
        ("without padding", 400, |it| set(it, SHOPIFY, text(it, SHOPIFY).trim_end_matches('='))),
    ])
    .await;
}

fn own((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

#[tokio::test]
async fn security_56_attack_25_one_of_many_secrets_is_enough_and_none_is_not() {
    let many = (0..20)
        .fold(hooks(), |hooks, number| hooks.secret::<Stripe>(format!("whsec_{number}")).unwrap());
    for secret in [SECRET, "whsec_0", "whsec_19"] {
        let signed = headers::<Stripe>(secret, 0, &format!(r#"{{"id":"{secret}","amount":1}}"#));
        let body = format!(r#"{{"id":"{secret}","amount":1}}"#);
        assert_eq!(
            receive::<Stripe>(&many, signed, body).await,
            Ok(Event { amount: 1 }),
            "{secret}"
        );
    }
    let signed = headers::<Stripe>("whsec_20", 0, BODY);
    assert_eq!(receive::<Stripe>(&many, signed, BODY).await, Err(400));
    // No variable in the environment of the tests has one.
    let unset = Webhooks::new().clock(|| at(NOW));
    let signed = headers::<Stripe>(SECRET, 0, BODY);
    assert_eq!(receive::<Stripe>(&unset, signed, BODY).await, Err(500));
    assert!(Webhooks::new().secret::<Stripe>("").is_err());
    assert!(Webhooks::new().secret::<StandardWebhooks>("whsec_").is_err());
    // A key of nothing signs, and is not taken.
    let empty = sign_at::<Stripe>(&Secret::from(""), "", at(NOW), BODY.as_bytes());
    assert!(empty.is_err());
}
