use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::{advance, sleep},
};

use super::support::{AUDIENCE, ISSUER, Signer, good, good_today, now, signed};
use crate::jwt::{
    Jwks, JwtError, Keys, Verifier,
    fetch::{Fetch, Fetched},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A provider that takes a second to answer, with keys that are fresh for an hour.
#[derive(Clone, Default)]
struct Provider {
    asked: Arc<AtomicUsize>,
    /// The keys; `None` while it is away.
    published: Arc<Mutex<Option<Value>>>,
}

impl Provider {
    fn publish(&self, signers: &[&Signer]) {
        let keys: Vec<_> = signers.iter().map(|signer| signer.jwk()).collect();
        *self.published.lock().unwrap() = Some(json!({ "keys": keys }));
    }

    fn go_away(&self) {
        *self.published.lock().unwrap() = None;
    }

    fn asked(&self) -> usize {
        self.asked.load(SeqCst)
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(ISSUER, AUDIENCE, Jwks::fetched_by(self.clone()))
    }
}

impl Fetch for Provider {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<Fetched, String>> + Send + '_>> {
        Box::pin(async {
            self.asked.fetch_add(1, SeqCst);
            sleep(Duration::from_secs(1)).await;
            let published = self.published.lock().unwrap().clone().ok_or("away")?;
            let keys = Keys::fetched(published.to_string().as_bytes());
            Ok(Fetched { keys: keys.map_err(|error| error.to_string())?, lifetime: HOUR })
        })
    }
}

async fn result(verifier: &Verifier, token: &str) -> Result<(), JwtError> {
    verifier.token(token, now()).await.map(drop)
}

/// What is done in the background gets done.
async fn settle() {
    sleep(Duration::from_secs(2)).await;
}

#[tokio::test(start_paused = true)]
async fn security_55_keys_are_fetched_once_for_all_who_wait() {
    let (provider, signer) = (Provider::default(), Signer::new("a"));
    provider.publish(&[&signer]);
    let verifier = provider.verifier();
    let token: Arc<str> = signer.sign(&good()).into();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (verifier, token) = (verifier.clone(), Arc::clone(&token));
        waiting.spawn(async move { result(&verifier, &token).await });
    }
    assert_eq!(waiting.join_all().await, vec![Ok(()); 100]);
    assert_eq!(provider.asked(), 1);
    assert_eq!(result(&verifier, &token).await, Ok(()));
    assert_eq!(provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn security_55_a_client_that_leaves_takes_no_fetching_with_it() {
    let (provider, signer) = (Provider::default(), Signer::new("a"));
    provider.publish(&[&signer]);
    let (verifier, token) = (provider.verifier(), signer.sign(&good()));
    let left = tokio::time::timeout(Duration::from_millis(500), result(&verifier, &token));
    assert!(left.await.is_err());
    settle().await;
    assert_eq!(result(&verifier, &token).await, Ok(()));
    assert_eq!(provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn security_55_a_new_key_is_found_and_an_unknown_one_is_asked_for_once_a_minute() {
    let (provider, old, new) = (Provider::default(), Signer::new("old"), Signer::new("new"));
    provider.publish(&[&old]);
    let verifier = provider.verifier();
    assert_eq!(result(&verifier, &old.sign(&good())).await, Ok(()));
    provider.publish(&[&old, &new]);
    // Within the minute nobody is asked.
    assert_eq!(result(&verifier, &new.sign(&good())).await, Err(JwtError::UnknownKey));
    assert_eq!(provider.asked(), 1);
    advance(MINUTE).await;
    assert_eq!(result(&verifier, &new.sign(&good())).await, Ok(()));
    assert_eq!((result(&verifier, &old.sign(&good())).await, provider.asked()), (Ok(()), 2));

    // Anybody can make up names of keys.
    let started = provider.asked();
    let mut waiting = tokio::task::JoinSet::new();
    advance(MINUTE).await;
    for name in 0..1000 {
        let token = signed(&json!({"alg": "ES256", "kid": name.to_string()}).to_string(), "{}");
        let verifier = verifier.clone();
        waiting.spawn(async move { result(&verifier, &token).await });
    }
    assert_eq!(waiting.join_all().await, vec![Err(JwtError::UnknownKey); 1000]);
    assert_eq!(provider.asked(), started + 1);

    // A name that would be found with a secret asks nobody.
    advance(MINUTE).await;
    let secret = signed(r#"{"alg":"HS256","kid":"x"}"#, &good().to_string());
    assert_eq!(result(&verifier, &secret).await, Err(JwtError::Algorithm));
    assert_eq!(provider.asked(), started + 1);

    // A key that the provider takes back is none, once that is known.
    provider.publish(&[&new]);
    advance(HOUR).await;
    assert_eq!(result(&verifier, &old.sign(&good())).await, Err(JwtError::UnknownKey));
}

#[tokio::test(start_paused = true)]
async fn security_55_keys_are_fetched_anew_in_the_background_before_they_are_stale() {
    let (provider, signer) = (Provider::default(), Signer::new("a"));
    provider.publish(&[&signer]);
    let (verifier, token) = (provider.verifier(), signer.sign(&good()));
    assert_eq!(result(&verifier, &token).await, Ok(()));
    advance(HOUR / 2).await;
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 1));
    advance(HOUR / 4).await;
    let before = tokio::time::Instant::now();
    for _ in 0..10 {
        assert_eq!(result(&verifier, &token).await, Ok(()));
    }
    assert_eq!(before.elapsed(), Duration::ZERO, "nobody waits");
    settle().await;
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 2));
    // Fresh once more.
    advance(HOUR / 2).await;
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 2));
}

#[tokio::test(start_paused = true)]
async fn security_55_stale_keys_are_used_for_a_day_when_the_provider_is_away() {
    let (provider, signer) = (Provider::default(), Signer::new("a"));
    provider.publish(&[&signer]);
    let (verifier, token) = (provider.verifier(), signer.sign(&good()));
    assert_eq!(result(&verifier, &token).await, Ok(()));
    provider.go_away();
    advance(2 * HOUR).await;
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 2));
    // It is asked once a minute, and nobody else waits for it.
    let before = tokio::time::Instant::now();
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 2));
    assert_eq!(before.elapsed(), Duration::ZERO);
    advance(MINUTE).await;
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 3));
    advance(22 * HOUR).await;
    assert_eq!(result(&verifier, &token).await, Ok(()));
    advance(HOUR).await;
    let asked = provider.asked();
    for _ in 0..10 {
        assert_eq!(result(&verifier, &token).await, Err(JwtError::KeysUnavailable));
    }
    assert_eq!(provider.asked(), asked + 1);
    provider.publish(&[&signer]);
    advance(MINUTE).await;
    assert_eq!(result(&verifier, &token).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn security_55_without_any_keys_tokens_are_answered_503_and_the_provider_is_not_pressed() {
    let (provider, signer) = (Provider::default(), Signer::new("a"));
    let (verifier, token) = (provider.verifier(), signer.sign(&good()));
    for _ in 0..100 {
        let refused = result(&verifier, &token).await.unwrap_err();
        assert_eq!((refused, refused.status().as_u16()), (JwtError::KeysUnavailable, 503));
    }
    assert_eq!(provider.asked(), 1);
    provider.publish(&[&signer]);
    advance(Duration::from_secs(5)).await;
    assert_eq!((result(&verifier, &token).await, provider.asked()), (Ok(()), 2));
}

/// A server that sends these responses, one for each connection, and notes the first line of each request.
async fn server(responses: Vec<String>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lines = Arc::new(Mutex::new(Vec::new()));
    let (seen, mut responses) = (Arc::clone(&lines), VecDeque::from(responses));
    tokio::spawn(async move {
        while let Some(response) = responses.pop_front() {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(socket.read_u8().await.unwrap());
            }
            let request = String::from_utf8(request).unwrap();
            seen.lock().unwrap().push(request.lines().next().unwrap().to_owned());
            socket.write_all(response.as_bytes()).await.unwrap();
        }
    });
    (url, lines)
}

fn response(status: u16, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn security_55_keys_are_fetched_over_http_and_nothing_but_a_document_of_keys_is_taken() {
    let signer = Signer::new("a");
    let set = json!({"keys": [signer.jwk()]}).to_string();
    let huge = format!("{set}{}", " ".repeat(256 * 1024));
    for (first, expected) in [
        (response(200, &set), Ok(())),
        (response(404, &set), Err(JwtError::KeysUnavailable)),
        (response(302, &set), Err(JwtError::KeysUnavailable)),
        (response(200, &huge), Err(JwtError::KeysUnavailable)),
        (response(200, "<html>"), Err(JwtError::KeysUnavailable)),
        (response(200, r#"{"keys":[]}"#), Err(JwtError::KeysUnavailable)),
        ("HTTP/1.1 200 x\r\ncontent-length: 9\r\n\r\n{".to_owned(), Err(JwtError::KeysUnavailable)),
    ] {
        let start: String = first.chars().take(90).collect();
        let (url, lines) = server(vec![first]).await;
        let jwks = Jwks::at(format!("{url}/a%20b/keys?p=one&q=a%26b")).unwrap();
        let verifier = Verifier::new(ISSUER, AUDIENCE, jwks);
        let verified = verifier.verify::<Value>(&signer.sign(&good_today())).await;
        assert_eq!(verified.map(drop), expected, "{start}");
        let line = lines.lock().unwrap()[0].clone();
        assert_eq!(line, "GET /a%20b/keys?p=one&q=a%26b HTTP/1.1");
    }
}

#[test]
fn security_23_keys_come_over_https_alone() {
    for (url, expected) in [
        ("http://127.0.0.1:8080/keys", Ok(())),
        ("http://[::1]:8080/keys", Ok(())),
        ("http://localhost/keys", Ok(())),
        ("https://issuer.example/keys", Ok(())),
        ("http://issuer.example/keys", Err("the URL of the keys is not `https`")),
        ("http://localhost.evil.example/", Err("the URL of the keys is not `https`")),
        ("http://127.0.0.1.evil.example/", Err("the URL of the keys is not `https`")),
        ("http://10.0.0.1/keys", Err("the URL of the keys is not `https`")),
        ("ftp://localhost/keys", Err("the URL of the keys is not `https`")),
        ("/keys", Err("the URL of the keys has no scheme or no host")),
        ("", Err("the URL of the keys is no URL")),
        ("https://issuer.example/keys#x", Err("the URL of the keys has a fragment")),
        ("http://a:b@localhost/", Err("the URL of the keys is none that can be asked at start")),
    ] {
        let result = Jwks::at(url).map(drop).map_err(|error| error.to_string());
        if url.starts_with("https") && !cfg!(feature = "tls") {
            assert!(result.is_err(), "{url}");
        } else {
            assert_eq!(result, expected.map_err(str::to_owned), "{url}");
        }
    }
}
