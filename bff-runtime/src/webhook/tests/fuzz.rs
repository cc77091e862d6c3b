//! Any bytes as the headers of a message. Its body is not signed, so it never passes, and nothing panics.

use bolero::check;

use super::*;
use crate::fuzz::iterations;

/// Gives the pieces of the input to the headers of a provider, in order.
fn read<P: Provider>(names: &[&'static str], input: &[u8]) {
    let mut headers = HeaderMap::new();
    for (name, value) in names.iter().zip(input.split(|byte| *byte == 0)) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(*name, value);
        }
    }
    let Some(signed) = P::read(Headers::new(&headers)) else { return };
    assert!(signed.signatures.len() <= 16);
    let keys = hooks().keys::<P>().unwrap();
    assert!(!mac::is_genuine(&keys, &signed, BODY.as_bytes()));
    if let Some(time) = signed.sent_at {
        let is_near = time::is_near(time, at(NOW), P::TOLERANCE);
        assert!(!is_near || time.parse::<u64>().is_ok_and(|time| time.abs_diff(NOW) <= 300));
    }
}

/// Pieces that the parsers look for, which random bytes hardly ever have.
const PIECES: [&str; 16] = [
    "t=",
    "v1=",
    "v1,",
    "v0=",
    "sha256=",
    ",",
    " ",
    "=",
    "\0",
    "1700000000",
    "-",
    "e3",
    "msg.1",
    "00000000000000000000000000000000000000000000000000000000000000ff",
    "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "é",
];

#[test]
fn security_32_security_56_no_header_passes_or_panics() {
    check!().with_type::<Vec<u8>>().with_iterations(iterations()).for_each(|input: &Vec<u8>| {
        let spelt: String = input.iter().map(|byte| PIECES[usize::from(*byte) % 16]).collect();
        for input in [&**input, spelt.as_bytes()] {
            read::<Stripe>(&["stripe-signature"], input);
            read::<GitHub>(&["x-hub-signature-256", "x-github-event"], input);
            read::<Slack>(&["x-slack-signature", "x-slack-request-timestamp"], input);
            read::<Shopify>(&["x-shopify-hmac-sha256"], input);
            let standard = ["webhook-signature", "webhook-timestamp", "webhook-id"];
            read::<StandardWebhooks>(&standard, input);
        }
    });
}

#[test]
fn security_32_security_56_any_text_is_a_key_or_none() {
    check!().with_type::<String>().with_iterations(iterations()).for_each(|secret: &String| {
        let is_key = Webhooks::new().secret::<StandardWebhooks>(secret).is_ok();
        assert!(!is_key || !secret.trim().is_empty());
        assert_eq!(Webhooks::new().secret::<GitHub>(secret).is_ok(), !secret.trim().is_empty());
    });
}
