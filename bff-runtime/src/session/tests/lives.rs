//! From login to logout (security.md section 4, row 54).

use super::*;

#[tokio::test]
async fn security_54_a_login_changes_the_id_and_ends_the_one_before() {
    for app in App::both() {
        let set = async |session: Session| session.set("cart", &[1, 2]).await;
        let visitor = app.request("", set).await.pair();
        let member = app.login(&visitor, "7").await;
        assert_ne!(visitor, member);
        assert_eq!(app.user(&member).await.as_deref(), Some("7"));
        let cart = async |session: Session| session.get::<Vec<u8>>("cart");
        assert_eq!(app.request(&member, cart).await.result.unwrap(), Some(vec![1, 2]));
        // An id that was slipped to the client before its login gives the one who did nothing.
        assert_eq!(app.user(&visitor).await, None);
        assert_eq!(app.request(&visitor, cart).await.result.unwrap(), None);

        let again = app.login(&member, "7").await;
        assert_ne!(member, again);
        assert_eq!(app.user(&member).await, None);
        assert_eq!(app.user(&again).await.as_deref(), Some("7"));
    }
}

#[tokio::test]
async fn security_54_ids_have_128_bits_and_are_never_the_same() {
    for app in App::both() {
        let mut ids = std::collections::HashSet::new();
        for _ in 0..1_000 {
            let cookie = app.login("", "7").await;
            let value = cookie.split_once('=').unwrap().1;
            let opened = app.sessions.open(value).await.unwrap().unwrap();
            let id = opened.id.to_text();
            assert_eq!(id.len(), 22, "16 bytes as base64");
            assert!(ids.insert(id));
        }
    }
}

#[tokio::test]
async fn security_54_what_one_user_has_kept_is_not_the_next_ones() {
    for app in App::both() {
        let first = async |session: Session| {
            session.login("7").await?;
            session.set("address", "here").await
        };
        let seven = app.request("", first).await.pair();
        let login = async |session: Session| {
            session.login("8").await?;
            session.get::<String>("address")
        };
        let answer = app.request(&seven, login).await;
        assert_eq!(app.user(&answer.pair()).await.as_deref(), Some("8"));
        assert_eq!(answer.result.unwrap(), None);
        assert_eq!(app.user(&seven).await, None);
    }
}

#[tokio::test]
async fn security_54_attack_20_a_copy_of_a_cookie_is_worth_nothing_after_the_logout() {
    for app in App::both() {
        let cookie = app.login("", "7").await;
        let copy = cookie.clone();
        let logout = async |session: Session| {
            session.logout().await?;
            Ok(session.user().is_none())
        };
        let answer = app.request(&cookie, logout).await;
        let line = answer.line().unwrap();
        let removal = "__Host-session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=lax";
        assert_eq!(line, removal);
        assert!(answer.result.unwrap(), "at once");
        // For as long as the copy could still be used.
        for _ in 0..40 {
            assert_eq!(app.user(&copy).await, None);
            app.now.advance(MINUTE);
        }
    }
}

#[tokio::test]
async fn rh_406_a_logout_without_a_session_deletes_the_cookie_all_the_same() {
    for app in App::both() {
        for cookie in ["", "__Host-session=made-up"] {
            let answer = app.request(cookie, async |session| session.logout().await).await;
            assert_eq!(answer.pair(), "");
        }
    }
}

#[tokio::test]
async fn security_54_a_logout_everywhere_ends_all_sessions_of_the_user_and_no_others() {
    for app in App::both() {
        let mut sevens = Vec::new();
        for _ in 0..3 {
            sevens.push(app.login("", "7").await);
        }
        let eight = app.login("", "8").await;
        let everywhere = async |session: Session| session.logout_everywhere().await;
        assert_eq!(app.request(&sevens[0], everywhere).await.pair(), "");
        for cookie in &sevens {
            assert_eq!(app.user(cookie).await, None);
        }
        assert_eq!(app.user(&eight).await.as_deref(), Some("8"));

        // At the same moment, and the others stay where they are.
        let new = app.login("", "7").await;
        assert_eq!(app.user(&new).await.as_deref(), Some("7"));
        assert_eq!(app.user(&sevens[1]).await, None);
        // By somebody else, with the clock standing still: each time another epoch.
        app.sessions.logout_everywhere("7").await.unwrap();
        assert_eq!(app.user(&new).await, None);
        let newer = app.login("", "7").await;
        assert_eq!(app.user(&newer).await.as_deref(), Some("7"));
        assert_eq!(app.user(&new).await, None);
    }
}

#[tokio::test]
async fn a_password_can_be_changed_without_being_signed_out_here() {
    for app in App::both() {
        let [here, there] = [app.login("", "7").await, app.login("", "7").await];
        let change = async |session: Session| {
            let user = session.require()?;
            session.logout_everywhere().await?;
            session.login(user).await
        };
        let new = app.request(&here, change).await.pair();
        for (cookie, user) in [(&new, Some("7")), (&here, None), (&there, None)] {
            assert_eq!(app.user(cookie).await.as_deref(), user);
        }
    }
}

#[tokio::test]
async fn security_5_22_a_rotation_is_the_same_session_under_another_id() {
    for app in App::both() {
        let cookie = app.login("", "7").await;
        app.now.advance(11 * HOUR / 24);
        let rotate = async |session: Session| {
            session.rotate().await?;
            session.set("is_admin", &true).await
        };
        let rotated = app.request(&cookie, rotate).await.pair();
        assert_ne!(cookie, rotated);
        assert_eq!(app.user(&cookie).await, None);
        assert_eq!(app.user(&rotated).await.as_deref(), Some("7"));
        // Whoever has no session has none after it.
        let answer = app.request("", async |session| session.rotate().await).await;
        assert_eq!(answer.line(), None);
    }
}

#[tokio::test]
async fn a_login_of_nobody_is_a_mistake_of_the_app() {
    for app in App::both() {
        let answer = app.request("", async |session| session.login("").await).await;
        assert_eq!(answer.line(), None);
        assert_eq!(status(answer.result), 500);
    }
}

#[tokio::test]
async fn security_5_22_keys_are_replaced_without_signing_anybody_out() {
    let ring = |keys: &[u8]| KeyRing::from_keys(keys.iter().map(|key| [*key; 32])).unwrap();
    let old = App::cookie();
    let with = |keys: &[u8]| App {
        sessions: App::with(Sessions::cookie(ring(keys))).sessions,
        now: old.now.clone(),
    };
    let before = with(&[1]).login("", "7").await;
    let after = with(&[2, 1]).login("", "7").await;
    for (keys, cookie, is_read) in [
        (&[1][..], &before, true),
        (&[2, 1], &before, true),
        (&[2], &before, false),
        (&[2], &after, true),
        (&[1], &after, false),
    ] {
        assert_eq!(with(keys).user(cookie).await.is_some(), is_read, "{keys:?}");
    }
}
