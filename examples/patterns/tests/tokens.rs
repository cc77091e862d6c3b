//! The programs that have to do with a provider, and the provider.

mod provider;

use bff_tests::{Answer, Process};
use serde_json::json;

use provider::{CLIENT, CLIENT_SECRET, Provider, REDIRECT};

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[test]
fn security_55_an_api_is_called_with_tokens_of_its_provider() {
    let provider = Provider::start();
    let jwks = format!("{}/jwks", provider.url());
    let variables = [("ISSUER", provider.url()), ("JWKS_URL", &*jwks)];
    let program = Process::start_with(env!("CARGO_BIN_EXE_jwt"), &variables);

    let api = "https://api.example";
    let reads = json!({"aud": api, "scope": "posts:read"});
    let writes =
        json!({"aud": [api, "https://x.example"], "scope": "posts:write", "tenant": "north"});
    let nameless = json!({"aud": api, "scope": "posts:write"});
    let elsewhere = json!({"aud": "https://x.example", "scope": "posts:read"});
    let late = json!({"aud": api, "scope": "posts:read", "exp": 1_000_000_000});
    let foreign = Provider::start()
        .sign("at+jwt", json!({"iss": provider.url(), "aud": api, "scope": "posts:read"}));
    let access = |claims: &serde_json::Value| provider.sign("at+jwt", claims.clone());

    let none = "Bearer realm=\"https://api.example\"";
    let invalid = "Bearer error=\"invalid_token\"";
    let insufficient = "Bearer error=\"insufficient_scope\", scope=\"posts:write\"";
    for (method, token, status, challenge, body) in [
        ("GET", None, 401, Some(none), ""),
        ("GET", Some(access(&reads)), 200, None, r#"["Hello"]"#),
        ("GET", Some(access(&elsewhere)), 401, Some(invalid), ""),
        ("GET", Some(access(&late)), 401, Some(invalid), ""),
        ("GET", Some(foreign), 401, Some(invalid), ""),
        ("GET", Some(provider.sign("JWT", reads.clone())), 401, Some(invalid), ""),
        ("GET", Some("nonsense".to_owned()), 401, Some(invalid), ""),
        ("POST", Some(access(&reads)), 403, Some(insufficient), ""),
        ("POST", Some(access(&nameless)), 401, Some(invalid), ""),
        (
            "POST",
            Some(access(&writes)),
            200,
            None,
            r#"{"title":"Tea","author":"ada","tenant":"north"}"#,
        ),
    ] {
        let authorization = token.map(|token| format!("Authorization: Bearer {token}"));
        let mut headers = vec!["Content-Type: application/x-www-form-urlencoded"];
        headers.extend(authorization.as_deref());
        let answer = program.request(method, "/posts", &headers, "title=Tea");
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(header(&answer, "www-authenticate"), challenge, "{answer:?}");
        assert!(answer.body.contains(body), "{answer:?}");
    }
}

/// A browser with one cookie, which goes where it is sent.
#[derive(Clone, Default)]
struct Browser {
    cookie: Option<String>,
}

impl Browser {
    fn get(&mut self, program: &Process, path: &str) -> Answer {
        let cookie: Vec<_> = self.cookie.iter().map(|pair| format!("Cookie: {pair}")).collect();
        let headers: Vec<_> = cookie.iter().map(String::as_str).collect();
        let answer = program.request("GET", path, &headers, "");
        if let Some(line) = header(&answer, "set-cookie") {
            self.cookie = line.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Begins a login, and signs in at the provider. Returns the path that leads back to the app.
    fn sign_in(&mut self, program: &Process, next: &str) -> String {
        let login = self.get(program, &format!("/login?next={next}"));
        assert_eq!(login.status, 303, "{login:?}");
        at_provider(header(&login, "location").unwrap())
    }
}

/// Ada signs in at this URL.
fn at_provider(url: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (base, query) = url.split_once("/authorize?").unwrap();
        let provider = bff::upstream::Upstream::at_start(base).unwrap();
        let mut call = provider.get("/authorize");
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            call = call.query(name, value);
        }
        let reply = call.send().await.unwrap();
        assert_eq!(reply.status(), 303, "{url}");
        let back = reply.headers()["location"].to_str().unwrap();
        back.strip_prefix("https://app.example").unwrap().to_owned()
    })
}

struct App {
    provider: Provider,
    program: Process,
}

impl App {
    fn start() -> Self {
        let provider = Provider::start();
        let variables = [
            ("ISSUER", provider.url()),
            ("CLIENT_ID", CLIENT),
            ("CLIENT_SECRET", CLIENT_SECRET),
            ("APP_URL", REDIRECT.strip_suffix("/callback").unwrap()),
        ];
        let program = Process::start_with(env!("CARGO_BIN_EXE_oidc"), &variables);
        Self { provider, program }
    }

    fn account(&self, browser: &mut Browser) -> u16 {
        browser.get(&self.program, "/account").status
    }
}

#[test]
fn rh_400_security_23_a_sign_in_at_a_provider_leads_back_to_the_page_that_was_wanted() {
    let app = App::start();
    let mut browser = Browser::default();
    assert_eq!(app.account(&mut browser), 401);
    let back = browser.sign_in(&app.program, "/account?tab=2");
    assert_eq!(app.account(&mut browser), 401, "not before the code was redeemed");
    let before = browser.cookie.clone();
    let done = browser.get(&app.program, &back);
    assert_eq!(done.status, 303, "{done:?}");
    assert!(header(&done, "location").unwrap().ends_with("/account?tab=2"), "{done:?}");
    assert_ne!(browser.cookie, before, "a login begins under a new id");
    let account = browser.get(&app.program, "/account");
    assert_eq!((account.status, &*account.body), (200, "the account of ada"));
    let cookie = format!("Cookie: {}", browser.cookie.clone().unwrap());
    assert_eq!(app.program.request("POST", "/logout", &[&cookie], "").status, 303);
    assert_eq!(app.account(&mut browser), 401);
}

#[test]
fn attack_18_a_sign_in_leads_to_no_other_site() {
    let app = App::start();
    for next in [
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "%5C%5Cevil.example",
        "/%09/evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://app.example@evil.example",
        "/%0d%0aset-cookie:%20a=1",
    ] {
        let answer = Browser::default().get(&app.program, &format!("/login?next={next}"));
        let location = header(&answer, "location").unwrap_or_default();
        assert!(answer.status == 400 && location.is_empty(), "{next}: {answer:?}");
    }
}

#[test]
fn rh_400_a_code_signs_in_only_the_browser_that_asked_for_it_and_once() {
    let app = App::start();
    let refused = |browser: &mut Browser, path: &str| {
        let answer = browser.get(&app.program, path);
        assert_eq!(answer.status, 400, "{path}: {answer:?}");
        assert!(answer.body.contains("not a login of yours"), "{answer:?}");
        assert_eq!(app.account(browser), 401, "{path}");
    };

    // The state is wrong, missing or of another login.
    let mut browser = Browser::default();
    let back = browser.sign_in(&app.program, "/account");
    let (start, state) = back.split_once("state=").unwrap();
    refused(&mut browser, &format!("{start}state=x"));
    refused(&mut browser, &format!("{start}state="));
    assert_eq!(browser.get(&app.program, start.trim_end_matches('&')).status, 400);
    let mut victim = Browser::default();
    refused(&mut victim, &back);
    let own = victim.sign_in(&app.program, "/account");
    refused(&mut victim, &back);

    // A code of the attacker under the victim's own state: its challenge is of another verifier.
    let (_, own_state) = own.split_once("state=").unwrap();
    refused(&mut victim, &format!("{start}state={own_state}"));

    // The state was used up, and so was the code.
    let mut browser = Browser::default();
    let back = browser.sign_in(&app.program, "/account");
    let mut copy = browser.clone();
    assert_eq!(browser.get(&app.program, &back).status, 303);
    assert_eq!(browser.get(&app.program, &back).status, 400);
    assert_ne!(copy.get(&app.program, &back).status, 303, "the cookie was kept");
    assert_eq!(app.account(&mut copy), 401);

    // The user has said no.
    let mut browser = Browser::default();
    let back = browser.sign_in(&app.program, "/account");
    let (_, own_state) = back.split_once("state=").unwrap();
    refused(&mut browser, &format!("/callback?error=access_denied&state={own_state}"));
    assert!(state.len() >= 43);
}

#[test]
fn security_23_attack_26_an_id_token_that_is_not_for_this_login_signs_nobody_in() {
    let app = App::start();
    for (lie, status) in [
        (json!({}), 303),
        (json!({"nonce": "of-another-login"}), 400),
        (json!({"nonce": null}), 400),
        (json!({"aud": "another-client"}), 400),
        (json!({"aud": []}), 400),
        (json!({"aud": [CLIENT, "another-client"]}), 400),
        (json!({"aud": [CLIENT, "another-client"], "azp": CLIENT}), 303),
        (json!({"azp": "another-client"}), 400),
        (json!({"iss": "https://evil.example"}), 400),
        (json!({"exp": 1_000_000_000}), 400),
        (json!({"exp": "9999999999"}), 400),
        (json!({"sub": 7}), 400),
        (json!({"typ": "at+jwt"}), 400),
    ] {
        let mut browser = Browser::default();
        app.provider.lie(lie.clone());
        let back = browser.sign_in(&app.program, "/account");
        let answer = browser.get(&app.program, &back);
        assert_eq!(answer.status, status, "{lie}: {answer:?}");
        let expected = if status == 303 { 200 } else { 401 };
        assert_eq!(app.account(&mut browser), expected, "{lie}");
    }
}

/// The provider is as strict as it has to be for the tests above to mean something.
#[test]
fn attack_26_a_code_is_worth_nothing_without_its_verifier() {
    let app = App::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let token = bff::upstream::Upstream::at_start(app.provider.url()).unwrap();
    for verifier in ["", "&code_verifier=", "&code_verifier=guessed"] {
        let back = Browser::default().sign_in(&app.program, "/account");
        let code = back.split(['=', '&']).nth(1).unwrap();
        let reply = runtime.block_on(
            token
                .post("/token")
                .header("authorization", "Basic cGF0dGVybnM6YStzZWNyZXQlM0ErMTAwKyUyNQ==")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!(
                    "grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}{verifier}"
                ))
                .send(),
        );
        assert_eq!(reply.unwrap().status(), 400, "{verifier}");
    }
}
