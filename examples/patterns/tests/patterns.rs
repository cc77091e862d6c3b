//! Each program, run and talked to over a socket.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    thread,
    time::Duration,
};

use bff::webhook::{self, Stripe};
use bff_tests::{Answer, Process};
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};

/// A program, what is sent to it in turn, and what comes back.
struct Pattern {
    program: &'static str,
    steps: &'static [Step],
}

/// Method and path, header lines and body; then the status, lines that the head has, and what the body contains. Of a
/// body that begins with `=` it is all of it.
type Step = (
    &'static str,
    &'static [&'static str],
    &'static str,
    u16,
    &'static [&'static str],
    &'static str,
);

const JSON: &[&str] = &["Content-Type: application/json"];
const FORM: &[&str] = &["Content-Type: application/x-www-form-urlencoded"];
const NONE: &[&str] = &[];

macro_rules! pattern {
    ($name:literal, $($step:expr),+ $(,)?) => {
        Pattern { program: env!(concat!("CARGO_BIN_EXE_", $name)), steps: &[$($step),+] }.run()
    };
}

impl Pattern {
    /// Runs the steps in order. Cookies are kept from step to step, as a browser keeps them.
    fn run(&self) -> Process {
        self.run_with(&[])
    }

    /// The same with these environment variables.
    fn run_with(&self, variables: &[(&str, &str)]) -> Process {
        let process = Process::start_with(self.program, variables);
        let mut cookies = Vec::new();
        for (target, headers, body, status, lines, text) in self.steps {
            let (method, path) = target.split_once(' ').unwrap();
            let cookie = format!("Cookie: {}", cookies.join("; "));
            let mut sent = headers.to_vec();
            if !cookies.is_empty() {
                sent.push(&cookie);
            }
            let answer = process.request(method, path, &sent, body);
            assert_eq!(answer.status, *status, "{target}: {answer:?}");
            for line in *lines {
                assert!(answer.headers.iter().any(|it| it == line), "{target}: {line}: {answer:?}");
            }
            let is_right = match text.strip_prefix('=') {
                Some(whole) => answer.body == whole,
                None => answer.body.contains(text),
            };
            assert!(is_right, "{target}: {text}: {answer:?}");
            keep(&mut cookies, &answer);
        }
        process
    }
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn keep(cookies: &mut Vec<String>, answer: &Answer) {
    for line in answer.headers.iter().filter_map(|line| line.strip_prefix("set-cookie: ")) {
        let pair = line.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').unwrap();
        cookies.retain(|known| !known.starts_with(&format!("{name}=")));
        if !value.is_empty() {
            cookies.push(pair.to_owned());
        }
    }
}

#[test]
fn rh_391_an_endpoint_answers_with_text_or_json() {
    pattern!(
        "endpoint",
        ("GET /", NONE, "", 200, &["content-type: text/plain; charset=utf-8"], "=ready"),
        ("GET /status", NONE, "", 200, &["content-type: application/json"], r#""name":"endpoint""#),
    );
}

#[test]
fn rh_392_a_body_is_echoed() {
    pattern!(
        "echo",
        ("POST /", JSON, r#"{"name":"Ada"}"#, 200, NONE, r#"={"received":{"name":"Ada"}}"#),
        ("POST /", JSON, r#"{"name""#, 400, NONE, "the body is not JSON"),
        ("POST /", FORM, "a=1", 415, NONE, ""),
    );
}

#[test]
fn rh_393_a_form_is_checked_and_sent() {
    pattern!(
        "form",
        ("POST /contact", FORM, "email=a%40b.example&message=Hi", 200, NONE, r#"={"sent":true}"#),
        ("POST /contact", FORM, "email=ada&message=", 422, NONE, r#""pointer":"/email""#),
        ("POST /contact", FORM, "email=ada&message=", 422, NONE, r#""pointer":"/message""#),
        ("POST /contact", FORM, "email=a%40b.example", 422, NONE, "message"),
        ("POST /contact", FORM, "email=a%40b.example&message=Hi&x=1", 422, NONE, "unknown_field"),
    );
}

#[test]
fn rh_394_a_body_is_read_twice() {
    pattern!(
        "body_twice",
        (
            "POST /orders",
            JSON,
            r#"[{"item":"tea","amount":2}]"#,
            200,
            NONE,
            r#"={"bytes":27,"items":["tea"],"amount":2}"#
        ),
        ("POST /orders", JSON, r#"[{"item":"tea"}]"#, 422, NONE, "amount"),
    );
}

#[test]
fn rh_395_two_services_make_one_answer_without_their_secrets() {
    pattern!(
        "aggregate",
        (
            "POST /overview",
            JSON,
            r#"{"customer":"ada"}"#,
            200,
            NONE,
            r#"={"orders":[{"item":"tea","price":700}],"total":700,"advice":["a teapot"]}"#
        ),
        ("POST /overview", JSON, r#"{"customer":"eve"}"#, 404, NONE, "no such customer"),
        ("GET /overview", NONE, "", 405, NONE, ""),
    );
}

#[test]
fn rh_397_md_14_md_16_files_are_made() {
    let feed = pattern!(
        "feed",
        (
            "GET /rss.xml",
            NONE,
            "",
            200,
            &["content-type: application/rss+xml; charset=utf-8"],
            "<title>Tom &amp; Jerry</title>"
        ),
        ("GET /rss.xml", NONE, "", 200, NONE, "Why &lt;b&gt; is"),
        ("GET /llms.txt", NONE, "", 200, &["content-type: text/plain; charset=utf-8"], "# News"),
        (
            "GET /.well-known/security.txt",
            NONE,
            "",
            200,
            &["content-type: text/plain; charset=utf-8"],
            "Contact: mailto:security@example.com\nExpires: 20"
        ),
    );
    let llms = feed.get("/llms.txt").body;
    assert!(llms.contains("- [Tom & Jerry](http://127.0.0.1:"), "{llms}");
    assert!(llms.contains("/rss.xml): RSS 2.0. Whatever a title holds is escaped.\n"), "{llms}");
}

#[test]
fn rh_048_rh_398_a_page_has_the_format_that_was_asked_for() {
    pattern!(
        "negotiation",
        (
            "GET /guide",
            &["Accept: text/html,*/*;q=0.8"],
            "",
            200,
            &["content-type: text/html; charset=utf-8", "vary: accept"],
            "<h1>"
        ),
        (
            "GET /guide",
            &["Accept: text/markdown, */*"],
            "",
            200,
            &["content-type: text/markdown; charset=utf-8", "vary: accept"],
            "# Guide\n\n1. Write"
        ),
        (
            "GET /guide.md",
            NONE,
            "",
            200,
            &["content-type: text/markdown; charset=utf-8"],
            "# Guide"
        ),
    );
}

#[test]
fn rh_399_a_webhook_is_checked_over_its_bytes_and_handled_once() {
    const PATH: &str = "/hooks/payments";
    let start = |secrets| {
        let variables = [("STRIPE_WEBHOOK_SECRET", secrets)];
        Process::start_with(env!("CARGO_BIN_EXE_webhook"), &variables)
    };
    let signature = |secret: &str, body: &str| {
        let headers = webhook::sign::<Stripe>(&secret.into(), "", body.as_bytes()).unwrap();
        format!("Stripe-Signature: {}", headers["stripe-signature"].to_str().unwrap())
    };
    let program = start("whsec_new, whsec_old");
    let send = |signature: &str, body: &str| program.request("POST", PATH, &[signature], body);
    for (id, secret) in [("evt_1", "whsec_new"), ("evt_2", "whsec_old")] {
        let body = format!(r#"{{"id":"{id}","type":"invoice.paid"}}"#);
        let signature = signature(secret, &body);
        let changed = send(&signature, &body.replace("paid", "void"));
        assert_eq!(changed.status, 400, "{changed:?}");
        assert!(changed.body.contains("does not match"), "{changed:?}");
        let handled = send(&signature, &body);
        assert_eq!((handled.status, &*handled.body), (200, "received"), "{handled:?}");
        let again = send(&signature, &body);
        assert_eq!((again.status, &*again.body), (200, ""), "{again:?}");
    }
    let body = r#"{"id":"evt_3","type":"invoice.paid"}"#;
    for signature in [&*signature("whsec_other", body), "Stripe-Signature: t=1,v1=00", "X: y"] {
        let refused = send(signature, body);
        assert_eq!(refused.status, 400, "{refused:?}");
    }
    // Without a secret nothing is accepted, and nothing said.
    let closed = start("").request("POST", PATH, &[&signature("whsec_new", body)], body);
    assert_eq!(closed.status, 500, "{closed:?}");
    assert!(!closed.body.contains("SECRET") && !closed.body.contains("detail"), "{closed:?}");
}

#[test]
fn rh_380_rh_388_px_94_members_sign_in_and_come_back_to_where_they_wanted() {
    pattern!(
        "login_gate",
        (
            "GET /members/invoices?year=2026",
            NONE,
            "",
            303,
            &["location: /login?target=%2Fmembers%2Finvoices%3Fyear%3D2026"],
            ""
        ),
        (
            "POST /members/invoices",
            FORM,
            "",
            303,
            &["location: /login?target=%2Fmembers%2Fhome"],
            ""
        ),
        ("GET /members/x", &["Cookie: session=Ada"], "", 303, NONE, ""),
        ("GET //members/x", NONE, "", 308, &["location: /members/x"], ""),
        ("GET /%6dembers/x", NONE, "", 303, NONE, ""),
        ("GET /login", NONE, "", 200, NONE, "<form method=post>"),
        ("POST /login", FORM, "name=Ada&password=guess", 401, NONE, "the name or the password"),
        ("POST /login", FORM, "name=Eve&password=guess", 401, NONE, "the name or the password"),
        (
            "POST /login?target=https://evil.example",
            FORM,
            "name=Ada&password=open+sesame",
            400,
            NONE,
            "not one of this site"
        ),
        ("POST /login?target=//evil.example", FORM, "name=Ada&password=open+sesame", 400, NONE, ""),
        ("GET /members/invoices", NONE, "", 303, NONE, ""),
        (
            "POST /login?target=%2Fmembers%2Finvoices%3Fyear%3D2026",
            FORM,
            "name=Ada&password=open+sesame",
            303,
            NONE,
            ""
        ),
        ("GET /members/invoices?year=2026", NONE, "", 200, NONE, "=invoices of Ada"),
        ("POST /logout", NONE, "", 303, &["location: /login"], ""),
        ("GET /members/invoices", NONE, "", 303, NONE, ""),
    );
}

#[test]
fn rh_406_security_54_a_sign_in_changes_the_cookie_and_a_sign_out_everywhere_ends_all_of_them() {
    let program = pattern!("login_gate", ("GET /members/home", NONE, "", 303, NONE, ""));
    let sign_in = |cookies: &mut Vec<String>| {
        let sent = format!("Cookie: {}", cookies.join("; "));
        let answer =
            program.request("POST", "/login", &[FORM[0], &sent], "name=Ada&password=open+sesame");
        assert_eq!(answer.status, 303, "{answer:?}");
        keep(cookies, &answer);
        format!("Cookie: {}", cookies.join("; "))
    };
    let home = |cookie: &str| program.request("GET", "/members/home", &[cookie], "").status;
    let (mut here, mut there) = (Vec::new(), Vec::new());
    let [first, other] = [sign_in(&mut here), sign_in(&mut there)];
    let second = sign_in(&mut here);
    assert_ne!(first, second);
    assert_eq!([&first, &second, &other].map(|cookie| home(cookie)), [303, 200, 200]);
    assert_eq!(program.request("POST", "/logout/everywhere", &[&second], "").status, 303);
    assert_eq!([&first, &second, &other].map(|cookie| home(cookie)), [303; 3]);
}

#[test]
fn rh_400_a_sign_in_leads_to_no_other_site() {
    let program = pattern!(
        "sign_in",
        ("GET /login?target=https://evil.example", NONE, "", 400, NONE, "not one of this site"),
        ("GET /login?target=//evil.example", NONE, "", 400, NONE, "not one of this site"),
        ("GET /login?target=/%5Cevil.example", NONE, "", 400, NONE, "not one of this site"),
        ("GET /login", NONE, "", 400, NONE, "not one of this site"),
        ("GET /callback?code=4711&state=x", NONE, "", 400, NONE, "not a login of yours"),
    );
    let login = program.get("/login?target=/settings?tab=2");
    let provider = header(&login, "location").unwrap();
    assert!(provider.starts_with("https://provider.example/authorize?"), "{login:?}");
    let (_, state) = provider.split_once("state=").unwrap();
    let mut cookies = Vec::new();
    keep(&mut cookies, &login);
    let cookie = format!("Cookie: {}", cookies.join("; "));
    let back = |code: &str, state: &str| {
        let path = format!("/callback?code={code}&state={state}");
        program.request("GET", &path, &[&cookie], "")
    };
    assert_eq!(back("4711", "another").status, 400);
    assert_eq!(back("4712", state).status, 401);
    let done = back("4711", state);
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(header(&done, "location"), Some("/settings?tab=2"), "{done:?}");
    let session = done.headers.iter().find(|line| line.starts_with("set-cookie: __Host-session="));
    assert!(session.unwrap().ends_with("; Path=/; Secure; HttpOnly; SameSite=lax"), "{done:?}");

    for target in ["https://evil.example", "//evil.example", "/%255cevil.example", "/a//b"] {
        let forged = format!("Cookie: __Host-pending={state}%20{target}");
        let path = format!("/callback?code=4711&state={state}");
        let answer = program.request("GET", &path, &[&forged], "");
        assert_eq!(
            (answer.status, header(&answer, "location")),
            (303, Some("/")),
            "{target}: {answer:?}"
        );
    }
}

#[test]
fn rh_401_rh_402_one_route_is_shared_with_other_origins() {
    const APP: &[&str] = &["Origin: https://app.example.com"];
    const ASKS: &[&str] = &[
        "Origin: https://app.example.com",
        "Access-Control-Request-Method: PUT",
        "Access-Control-Request-Headers: content-type",
    ];
    let cors = pattern!(
        "cors",
        (
            "GET /settings",
            APP,
            "",
            200,
            &["access-control-allow-origin: https://app.example.com", "vary: origin"],
            "dark"
        ),
        (
            "OPTIONS /settings",
            ASKS,
            "",
            204,
            &[
                "access-control-allow-origin: https://app.example.com",
                "access-control-allow-methods: GET, HEAD, OPTIONS, PUT",
                "access-control-allow-headers: content-type"
            ],
            "="
        ),
        ("PUT /settings", JSON, r#"{"theme":"light"}"#, 200, &["vary: origin"], "light"),
    );
    let other = cors.request("GET", "/settings", &["Origin: https://evil.example"], "");
    assert_eq!(header(&other, "access-control-allow-origin"), None, "{other:?}");
}

#[test]
fn rh_403_an_api_key_has_a_quota() {
    const ADA: &[&str] = &["X-API-Key: of-ada"];
    const BOB: &[&str] = &["X-API-Key: of-bob"];
    const FOUND: Step = ("GET /search", ADA, "", 200, NONE, "=nothing found");
    let limited = pattern!(
        "rate_limit",
        ("GET /search", NONE, "", 401, NONE, ""),
        ("GET /search", &["X-API-Key: guessed"], "", 401, NONE, ""),
        FOUND,
        FOUND,
        FOUND,
        FOUND,
        FOUND,
        ("GET /search", ADA, "", 429, NONE, "quota"),
        ("GET /search", BOB, "", 200, NONE, "=nothing found"),
    );
    let refused = limited.request("GET", "/search", ADA, "");
    let seconds: u64 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=12).contains(&seconds), "{refused:?}");
}

#[test]
fn rh_404_rh_405_the_data_decides_who_sees_it() {
    pattern!(
        "ownership",
        ("GET /invoices/1", NONE, "", 401, &["www-authenticate: Cookie realm=\"session\""], ""),
        ("GET /invoices/1", &["Cookie: session=guessed"], "", 401, NONE, ""),
        ("POST /session", FORM, "name=eve", 401, NONE, ""),
        ("POST /session", FORM, "name=ada", 204, NONE, "="),
        ("GET /invoices/1", NONE, "", 200, NONE, r#"={"id":1,"cents":1250,"account":"1234"}"#),
        ("GET /invoices", NONE, "", 403, NONE, ""),
        ("POST /session", FORM, "name=bob", 204, NONE, "="),
        ("GET /invoices/1", NONE, "", 404, NONE, "no such invoice"),
        ("GET /invoices/9", NONE, "", 404, NONE, "no such invoice"),
        ("GET /invoices", NONE, "", 200, NONE, r#""id":2"#),
    );
}

#[test]
fn rh_406_a_session_is_in_its_cookie() {
    pattern!(
        "session",
        ("GET /session", NONE, "", 401, &["cache-control: no-store"], ""),
        ("GET /session", &["Cookie: session=Ada"], "", 401, NONE, ""),
        ("POST /basket", FORM, "item=tea", 200, NONE, r#"=["tea"]"#),
        ("POST /session", FORM, "name=Ada", 204, NONE, "="),
        ("GET /session", NONE, "", 200, NONE, "=Ada"),
        ("POST /basket", FORM, "item=milk", 200, NONE, r#"=["tea","milk"]"#),
        ("DELETE /session", NONE, "", 204, NONE, "="),
        ("GET /session", NONE, "", 401, NONE, ""),
        ("GET /basket", NONE, "", 200, NONE, "=[]"),
    );
}

#[test]
fn rh_406_security_54_in_production_the_cookie_is_for_https_and_a_copy_of_it_ends_with_the_session()
{
    let program = env!("CARGO_BIN_EXE_session");
    let key = "00112233445566778899aabbccddeeff".repeat(2);
    let production = [("BFF_ENV", "production"), ("SESSION_KEYS", &*key)];
    let process = Process::start_with(program, &production);
    let answer = process.request("POST", "/session", FORM, "name=Ada");
    let line = header(&answer, "set-cookie").unwrap();
    assert!(line.starts_with("__Host-session="), "{line}");
    assert!(line.ends_with("; Max-Age=1800; Secure; HttpOnly; SameSite=lax"), "{line}");
    let cookie = format!("Cookie: {}", line.split(';').next().unwrap());
    let user = |process: &Process| process.request("GET", "/session", &[&cookie], "").status;
    assert_eq!(user(&process), 200);
    // Another instance, and a new start, have the same keys.
    assert_eq!(user(&Process::start_with(program, &production)), 200);
    assert_eq!(process.request("DELETE", "/session", &[&cookie], "").status, 204);
    assert_eq!(user(&process), 401);

    let without = Process::start_with(program, &[("BFF_ENV", "production")]);
    let answer = without.request("GET", "/session", NONE, "");
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("SESSION_KEYS"), "{answer:?}");
}

#[test]
fn security_5_22_a_server_does_not_start_with_a_short_key() {
    let short = Command::new(env!("CARGO_BIN_EXE_session"))
        .env("PORT", "0")
        .env("SESSION_KEYS", "0011223344556677")
        .output()
        .unwrap();
    assert!(!short.status.success());
    let text = String::from_utf8_lossy(&short.stderr);
    assert!(text.contains("`SESSION_KEYS`: key 1 has 8 bytes, fewer than 32"), "{text}");
    assert!(!text.contains("0011223344556677"), "{text}");
}

#[test]
fn rh_408_a_page_calls_what_the_api_calls() {
    pattern!(
        "in_process",
        ("GET /", NONE, "", 200, NONE, "<li>Fish &amp; chips"),
        ("GET /api/posts", NONE, "", 200, NONE, r#"=["Hello","Fish & chips"]"#),
    );
}

#[test]
fn rh_409_a_library_brings_a_handler() {
    pattern!(
        "library",
        ("GET /notes/today", NONE, "", 404, NONE, "no such note"),
        ("POST /notes/today", NONE, "buy tea", 204, NONE, "="),
        ("GET /notes/today", NONE, "", 200, NONE, "=buy tea"),
        ("PUT /notes/today", NONE, "", 405, NONE, ""),
    );
}

#[test]
fn rh_410_handlers_and_layers_are_composed() {
    const TOKEN: &[&str] = &["Authorization: Bearer for-development"];
    let composed = pattern!(
        "compose",
        ("GET /report", TOKEN, "", 200, &["x-robots-tag: noindex"], "=the report"),
        ("GET /report", NONE, "", 401, &["www-authenticate: Bearer", "x-robots-tag: noindex"], ""),
    );
    let report = composed.request("GET", "/report", TOKEN, "");
    assert!(header(&report, "x-milliseconds").is_some(), "{report:?}");
    assert_eq!(header(&composed.get("/report"), "x-milliseconds"), None);
}

#[test]
fn rh_411_words_are_streamed() {
    pattern!(
        "tokens",
        (
            "POST /chat",
            &["Content-Type: text/plain"],
            "one two",
            200,
            &["content-type: text/plain; charset=utf-8", "transfer-encoding: chunked"],
            "two \r\n"
        ),
    );
}

#[test]
fn rh_197_rh_412_files_are_downloaded_in_parts() {
    pattern!(
        "download",
        (
            "GET /files/letters/a.txt",
            &["Range: bytes=5-10"],
            "",
            206,
            &["content-range: bytes 5-10/31"],
            "=reader"
        ),
        (
            "GET /files/letters/a.txt",
            &["Range: bytes=99-"],
            "",
            416,
            &["content-range: bytes */31"],
            ""
        ),
        (
            "GET /files/letters/a.txt",
            NONE,
            "",
            200,
            &["content-type: text/plain; charset=utf-8", "accept-ranges: bytes"],
            "Dear reader"
        ),
        ("GET /files/..%2F..%2FCargo.toml", NONE, "", 404, NONE, ""),
        ("GET /export", NONE, "", 200, &["content-type: text/csv; charset=utf-8"], "Ada,36"),
    );
}

#[test]
fn rh_418_rh_419_every_answer_has_a_policy() {
    const STRICT: &str = "content-security-policy: default-src 'none'; frame-ancestors 'none'";
    let headers = pattern!(
        "headers",
        (
            "GET /api",
            NONE,
            "",
            200,
            &[
                STRICT,
                "x-content-type-options: nosniff",
                "referrer-policy: no-referrer",
                "strict-transport-security: max-age=31536000"
            ],
            "=[1,2,3]"
        ),
        ("GET /nothing", NONE, "", 404, &[STRICT], ""),
    );
    let page = headers.get("/");
    let policy = header(&page, "content-security-policy").unwrap();
    assert!(
        policy.contains("script-src 'sha256-Z4y+CS7gjqw+vDk2r4+Yifu8CSmNIAu0xvZ2GES2/nw='"),
        "{page:?}"
    );
}

#[test]
fn rh_227_events_go_on_where_they_were() {
    pattern!(
        "events",
        ("GET /countdown", NONE, "", 200, &["content-type: text/event-stream"], "data: 3 to go"),
        ("GET /countdown", &["Last-Event-ID: 2"], "", 200, NONE, "data: 1 to go"),
        ("GET /countdown", &["Last-Event-ID: 1"], "", 204, NONE, "="),
    );
}

#[test]
fn what_one_says_in_a_chat_all_hear() {
    let chat = pattern!("chat", ("GET /chat", NONE, "", 426, &["upgrade: websocket"], ""));
    let mut ada = join(&chat);
    ada.send(Message::text("is anybody there?")).unwrap();
    // Who hears oneself is known to be there.
    assert_eq!(ada.read().unwrap(), Message::text("is anybody there?"));
    let mut bob = join(&chat);
    bob.send(Message::text("I am")).unwrap();
    for member in [&mut ada, &mut bob] {
        assert_eq!(member.read().unwrap(), Message::text("I am"));
    }
}

fn join(chat: &Process) -> WebSocket<TcpStream> {
    let stream = TcpStream::connect(chat.address()).unwrap();
    // It bounds a hang, it measures nothing.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    tungstenite::client(format!("ws://{}/chat", chat.address()), stream).unwrap().0
}

#[test]
fn rh_109_an_upload_is_kept_and_sent_back() {
    const MULTIPART: &[&str] = &["Content-Type: multipart/form-data; boundary=b"];
    const BODY: &str = "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nLetter\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.html\"\r\n\r\n<b>Dear</b>\r\n--b--\r\n";
    let uploads = pattern!(
        "upload",
        ("POST /files", FORM, "title=x", 422, NONE, "`file` is missing"),
        ("GET /files/a.html", NONE, "", 404, NONE, ""),
    );
    let kept = uploads.request("POST", "/files", MULTIPART, BODY);
    assert_eq!(kept.status, 201, "{kept:?}");
    assert!(kept.body.ends_with(r#""title":"Letter","bytes":11}"#), "{kept:?}");
    let back = uploads.get(header(&kept, "location").unwrap());
    assert_eq!((back.status, &*back.body), (200, "<b>Dear</b>"));
    assert_eq!(header(&back, "content-disposition"), Some("attachment; filename=\"upload\""));
}

#[test]
fn rh_375_an_editor_sees_the_draft() {
    pattern!(
        "draft",
        ("GET /posts/hello", NONE, "", 200, NONE, "=Hello"),
        ("GET /draft?secret=guessed&slug=hello", NONE, "", 401, NONE, ""),
        ("GET /draft?secret=for-development&slug=//evil.example", NONE, "", 404, NONE, ""),
        (
            "GET /draft?secret=for-development&slug=hello",
            NONE,
            "",
            307,
            &["location: /posts/hello"],
            ""
        ),
        ("GET /posts/hello", NONE, "", 200, NONE, "=Hello, world"),
        ("DELETE /draft", NONE, "", 303, &["location: /posts/hello"], ""),
        ("GET /posts/hello", NONE, "", 200, NONE, "=Hello"),
    );
}

#[test]
fn one_function_answers_every_method_below_pages_api() {
    pattern!(
        "pages_api",
        ("GET /api/greet/Ada", NONE, "", 200, NONE, r#"={"greeting":"Hello","name":"Ada"}"#),
        ("POST /api/greet/Ada", JSON, r#"{"greeting":"Good morning"}"#, 200, NONE, "Good morning"),
        ("PUT /api/greet/Ada", NONE, "", 405, &["allow: GET, HEAD, POST"], ""),
    );
}

/// A server that answers every request with its first line, and says who passed it on.
fn old_backend() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                while let Some(Ok(line)) = lines.next() {
                    let head: Vec<String> = lines
                        .by_ref()
                        .map_while(Result::ok)
                        .take_while(|line| !line.is_empty())
                        .collect();
                    let forwarded = head.iter().any(|line| line.starts_with("x-forwarded-host: "));
                    let body = format!("old: {line}, forwarded: {forwarded}");
                    let head = format!(
                        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nset-cookie: old=1",
                        body.len()
                    );
                    if write!(stream, "{head}\r\n\r\n{body}").is_err() {
                        break;
                    }
                }
            });
        }
    });
    url
}

#[test]
fn rw_38_rh_396_what_is_not_taken_over_yet_is_answered_by_the_old_backend() {
    const STRANGLER: &str = env!("CARGO_BIN_EXE_strangler");
    let steps: &[Step] = &[
        (
            "GET /orders/7",
            NONE,
            "",
            200,
            &["x-content-type-options: nosniff"],
            r#"={"from":"the new backend","id":7}"#,
        ),
        (
            "GET /customers/7?page=2",
            NONE,
            "",
            200,
            &["x-content-type-options: nosniff", "set-cookie: old=1"],
            "=old: GET /customers/7?page=2 HTTP/1.1, forwarded: true",
        ),
        ("GET /", NONE, "", 200, NONE, "=old: GET / HTTP/1.1, forwarded: true"),
        ("DELETE /orders/7/lines", NONE, "", 200, NONE, "old: DELETE /orders/7/lines HTTP/1.1"),
        ("DELETE /orders/7", NONE, "", 405, NONE, ""),
        ("GET /order.php/7", NONE, "", 308, &["location: /orders/7"], "=/orders/7"),
        ("GET /..%2f..%2fetc/passwd", NONE, "", 400, NONE, ""),
    ];
    Pattern { program: STRANGLER, steps }.run_with(&[("LEGACY_URL", &old_backend())]);
}

#[test]
fn rd_14_cf_04_an_app_whose_variable_is_missing_does_not_start() {
    let output = Command::new(env!("CARGO_BIN_EXE_strangler"))
        .env_remove("LEGACY_URL")
        .env("PORT", "0")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    let place = "apps/strangler/bff.toml:4:15: the variable `LEGACY_URL` of the destination";
    assert!(text.contains(place) && text.contains("is not set"), "{text}");
}
