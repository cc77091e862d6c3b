//! Cookies that nobody was given (security.md section 1.5, class 20).

use proptest::{prelude::*, test_runner::TestRunner};

use super::*;
use crate::session::{id::Id, record::Record};

/// One way of changing a cookie; none leaves it as it is.
fn changed(value: &str, how: u8, at: usize, by: u8) -> String {
    let mut octets = value.as_bytes().to_vec();
    let at = at % octets.len();
    // A character that a cookie may have, and another one than there is.
    let others: Vec<u8> =
        (b'!'..=b'~').filter(|it| !b"\",;\\%".contains(it) && *it != octets[at]).collect();
    let other = others[usize::from(by) % others.len()];
    match how % 6 {
        0 => octets.truncate(at),
        1 => octets[at] = other,
        2 => octets.insert(at, other),
        3 => drop(octets.remove(at)),
        4 => octets.push(other),
        _ => {
            octets.rotate_left(at);
            if octets == value.as_bytes() {
                octets.pop();
            }
        }
    }
    String::from_utf8(octets).unwrap()
}

#[test]
fn security_54_attack_20_of_10_000_changed_cookies_none_is_accepted() {
    const CASES: u32 = 10_000;
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for app in App::both() {
        let cookie = runtime.block_on(app.login("", "7"));
        let value = cookie.split_once('=').unwrap().1.to_owned();
        let tried = std::cell::Cell::new(0);
        let mut runner = TestRunner::new(ProptestConfig::with_cases(CASES));
        let cases = (any::<u8>(), any::<usize>(), any::<u8>());
        runner
            .run(&cases, |(how, at, by)| {
                let changed = changed(&value, how, at, by);
                prop_assert_ne!(&changed, &value);
                tried.set(tried.get() + 1);
                let user = runtime.block_on(app.user(&format!("{NAME}={changed}")));
                prop_assert_eq!(user, None, "{}", changed);
                Ok(())
            })
            .unwrap();
        assert!(tried.get() >= CASES);
        assert_eq!(runtime.block_on(app.user(&cookie)).as_deref(), Some("7"), "the real one is");
    }
}

#[test]
fn attack_20_any_text_is_one_id_or_none() {
    bolero::check!().with_iterations(2_000).for_each(|input: &[u8]| {
        let Ok(text) = std::str::from_utf8(input) else { return };
        if let Some((id, rest)) = Id::read(text) {
            assert_eq!(format!("{}{rest}", id.to_text()), text, "one id has one text");
        }
        assert!(Record::read(input).is_none());
    });
    for (text, is_read) in [
        ("AAAAAAAAAAAAAAAAAAAAAA", true),
        ("-_-_-_-_-_-_-_-_-_-_-w", true),
        // The last character has four bits that mean nothing, and have to be none.
        ("AAAAAAAAAAAAAAAAAAAAAB", false),
        ("AAAAAAAAAAAAAAAAAAAAA=", false),
        ("AAAAAAAAAAAAAAAAAAAAA+", false),
    ] {
        assert_eq!(Id::read(text).is_some(), is_read, "{text}");
    }
}

#[tokio::test]
async fn attack_20_every_bit_and_every_length_counts() {
    for app in App::both() {
        let cookie = app.login("", "7").await;
        let value = cookie.split_once('=').unwrap().1;
        for end in 0..value.len() {
            assert_eq!(app.user(&format!("{NAME}={}", &value[..end])).await, None, "cut at {end}");
        }
        for at in 0..value.len() {
            for bit in 0..7 {
                let mut octets = value.as_bytes().to_vec();
                octets[at] ^= 1 << bit;
                let flipped = String::from_utf8(octets).unwrap();
                if flipped.bytes().all(|it| it.is_ascii_graphic() && !b";%".contains(&it)) {
                    assert_eq!(app.user(&format!("{NAME}={flipped}")).await, None, "{flipped}");
                }
            }
        }
    }
}

#[tokio::test]
async fn attack_20_a_cookie_of_another_name_app_or_mode_is_none() {
    let app = App::cookie();
    let cookie = app.login("", "7").await;
    let value = cookie.split_once('=').unwrap().1;
    let renamed = app.sessions.clone().cookie_name("__Host-other").unwrap();
    let other = App { sessions: renamed, ..app.clone() };
    assert_eq!(other.user(&format!("__Host-other={value}")).await, None);
    let development =
        App { sessions: app.sessions.clone().in_mode(Mode::Development), ..app.clone() };
    assert_eq!(development.user(&format!("session={value}")).await, None);
    // What the app itself has encrypted under another name, and what it has signed.
    let cookies = crate::cookies::Cookies::default();
    let opened = keys().decrypt(NAME, value).unwrap();
    cookies.encrypted(&keys()).set_value("note", &opened).unwrap();
    let signed = Cookie::build(NAME, &opened).session().build().unwrap();
    cookies.signed(&keys()).set(signed).unwrap();
    for forged in [cookies.get("note").unwrap(), cookies.get(NAME).unwrap(), opened] {
        let mut parts = parts("");
        let forged = Cookie::new("x", forged).unwrap().to_string();
        let forged = forged.trim_start_matches("x=").split(';').next().unwrap();
        let value = HeaderValue::from_str(&format!("{NAME}={forged}")).unwrap();
        parts.headers.insert(header::COOKIE, value);
        parts.extensions.insert(app.sessions.clone());
        let answer = answer(&mut parts, async |session| Ok(session.user())).await;
        assert_eq!(answer.result.unwrap(), None);
    }
}

#[tokio::test]
async fn attack_20_of_two_cookies_that_differ_none_counts() {
    for app in App::both() {
        let [ours, theirs] = [app.login("", "ours").await, app.login("", "theirs").await];
        let bare = ours.trim_start_matches("__Host-");
        for (sent, user) in [
            (format!("{ours}; {theirs}"), None),
            (format!("{theirs}; {ours}"), None),
            (format!("{ours}; {NAME}="), None),
            (format!("{ours}; {ours}"), Some("ours")),
            // A twin that any host of the domain can set is another cookie.
            (format!("{bare}; a=1"), None),
            (format!("{}; {ours}", theirs.trim_start_matches("__Host-")), Some("ours")),
            (format!("{ours}; {}", theirs.replace("__Host-", "__host-")), Some("ours")),
            (format!("{ours}; {}", theirs.replace("session=", "session =")), Some("ours")),
            (format!("{ours}; {}", theirs.replace("__Host-", "\u{9}__Host-")), Some("ours")),
        ] {
            assert_eq!(app.user(&sent).await.as_deref(), user, "{sent:?}");
        }
    }
}

#[tokio::test]
async fn attack_20_made_up_and_huge_values_are_none() {
    for app in App::both() {
        for value in [
            String::new(),
            "7".to_owned(),
            "A".repeat(22),
            "A".repeat(38),
            "A".repeat(64 * 1024),
            "%00%ff".to_owned(),
            r#"{"v":1,"u":"7"}"#.to_owned(),
        ] {
            assert_eq!(app.user(&format!("{NAME}={value}")).await, None, "{} bytes", value.len());
        }
        let many: String = (0..300).map(|number| format!("a{number}=1; ")).collect();
        let cookie = app.login("", "7").await;
        assert_eq!(app.user(&format!("{many}{cookie}")).await, None, "beyond what is read");
    }
}

#[tokio::test]
async fn a_cookie_that_is_none_is_left_alone() {
    // The answer to a request that was sent with it may arrive after a login's.
    for app in App::both() {
        let answer = app.request("__Host-session=made-up", async |_| Ok(())).await;
        assert_eq!(answer.line(), None);
    }
}

#[tokio::test]
async fn a_session_of_another_version_is_none() {
    let app = App::cookie();
    let cookie = app.login("", "7").await;
    let text = keys().decrypt(NAME, cookie.split_once('=').unwrap().1).unwrap();
    for (from, to, is_read) in [
        ("\"v\":1", "\"v\":1", true),
        ("\"v\":1", "\"v\":2", false),
        ("\"v\":1,", "", false),
        ("\"s\":", "\"S\":", false),
        ("}", "", false),
    ] {
        assert!(text.contains(from), "{text}");
        let value = keys().encrypt(NAME, &text.replacen(from, to, 1));
        assert_eq!(app.user(&format!("{NAME}={value}")).await.is_some(), is_read, "{to}");
    }
}
