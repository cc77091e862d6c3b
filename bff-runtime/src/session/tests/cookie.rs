//! The cookie itself: its name, its attributes, its size (security.md section 5, row 21).

use super::*;
use crate::cookies::SameSite;

/// The line of a login, behind the value.
async fn attributes(app: &App) -> (String, String) {
    let answer = app.request("", async |session| session.login("7").await).await;
    let line = answer.line().expect("a cookie");
    let (name, rest) = line.split_once('=').unwrap();
    let rest = &rest[rest.find(';').unwrap()..];
    let expires = rest.find("; Expires=").unwrap();
    let age = rest.find("; Max-Age=").unwrap();
    (name.to_owned(), format!("{}{}", &rest[..expires], &rest[age..]))
}

#[tokio::test]
async fn security_5_21_the_cookie_has_the_attributes_of_where_it_runs() {
    const PRODUCTION: &str = "; Path=/; Max-Age=1800; Secure; HttpOnly; SameSite=lax";
    const DEVELOPMENT: &str = "; Path=/; Max-Age=1800; HttpOnly; SameSite=lax";
    for app in App::both() {
        for (mode, name, expected) in [
            (Mode::Production, NAME, PRODUCTION),
            (Mode::Test, NAME, PRODUCTION),
            (Mode::Development, "session", DEVELOPMENT),
        ] {
            let app = App { sessions: app.sessions.clone().in_mode(mode), ..app.clone() };
            assert_eq!(attributes(&app).await, (name.to_owned(), expected.to_owned()), "{mode}");
        }
    }
}

#[tokio::test]
async fn security_5_21_name_and_same_site_are_the_apps() {
    for (name, mode, sent) in [
        ("__Host-shop", Mode::Production, "__Host-shop"),
        ("__Host-shop", Mode::Development, "shop"),
        ("__secure-shop", Mode::Development, "shop"),
        ("shop", Mode::Production, "shop"),
    ] {
        let sessions = Sessions::cookie(keys()).in_mode(mode).cookie_name(name).unwrap();
        let app = App { sessions: sessions.same_site(SameSite::None), ..App::cookie() };
        let (name, attributes) = attributes(&app).await;
        assert_eq!(name, sent);
        let same_site = if mode.is_development() { "lax" } else { "none" };
        assert!(attributes.ends_with(&format!("; SameSite={same_site}")), "{attributes}");
    }
    for name in ["", "__Host-", "my shop", "shop;", "__Secure-"] {
        assert!(App::cookie().sessions.cookie_name(name).is_err(), "{name}");
    }
}

#[tokio::test]
async fn security_5_21_what_does_not_fit_is_an_error_where_it_is_set_and_changes_nothing() {
    let app = App::cookie();
    let cookie = app.login("", "7").await;
    // The longest text that fits, and one letter more.
    let mut fits = 0;
    for length in 2_000..4_000 {
        let text = "x".repeat(length);
        let set = async |session: Session| {
            let result = session.set("text", &text).await;
            assert_eq!(session.get::<String>("text").unwrap().is_some(), result.is_ok());
            Ok(result)
        };
        let answer = app.request(&cookie, set).await;
        match answer.result.as_ref().unwrap() {
            Ok(()) => {
                fits = length;
                assert!(answer.pair().len() <= 4_097, "name, value and an equals sign");
            }
            Err(error) => {
                assert_eq!(error.status(), 500);
                assert!(error.to_string().contains("4096"), "{error}");
                assert_eq!(answer.line(), None);
                break;
            }
        }
    }
    assert!((2_900..3_000).contains(&fits), "{fits}");
    assert_eq!(app.user(&cookie).await.as_deref(), Some("7"));
    let login = app.request("", async |session| session.login("x".repeat(4_000)).await).await;
    assert_eq!((status(login.result), login.headers.get(header::SET_COOKIE)), (500, None));
}

#[tokio::test]
async fn a_session_on_the_server_has_an_end_as_well() {
    let app = App::stored();
    let cookie = app.login("", "7").await;
    for (length, expected) in [(60_000, 200), (70_000, 500)] {
        let text = "x".repeat(length);
        let answer = app.request(&cookie, async |session| session.set("text", &text).await).await;
        assert_eq!(status(answer.result), expected);
    }
    let get = async |session: Session| session.get::<String>("text");
    let kept = app.request(&cookie, get).await.result.unwrap();
    assert_eq!(kept.map(|text| text.len()), Some(60_000));
}

#[tokio::test]
async fn nobody_but_the_server_can_read_a_session() {
    for app in App::both() {
        let login = async |session: Session| {
            session.login("ada@example.com").await?;
            session.set("card", "5ecret").await?;
            Ok(format!("{session:?} {:?}", app.sessions))
        };
        let answer = app.request("", login).await;
        let cookie = answer.pair();
        let decoded = base64::Engine::decode(
            &base64::prelude::BASE64_URL_SAFE_NO_PAD,
            cookie.split_once('=').unwrap().1,
        );
        let all = [cookie, String::from_utf8_lossy(&decoded.unwrap()).into_owned()];
        let debug = answer.result.unwrap();
        for text in all.iter().chain([&debug]) {
            assert!(!text.contains("5ecret") && !text.contains("ada"), "{text}");
        }
    }
}
