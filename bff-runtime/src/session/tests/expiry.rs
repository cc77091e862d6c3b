//! Idle and absolute time (security.md section 4, row 54; section 5, row 22).

use super::*;

#[tokio::test]
async fn security_54_a_session_ends_when_it_has_been_idle() {
    for app in App::both() {
        let cookie = app.login("", "7").await;
        app.now.advance(30 * MINUTE - Duration::from_millis(1));
        assert!(app.sessions.open(cookie.split_once('=').unwrap().1).await.unwrap().is_some());
        app.now.advance(Duration::from_millis(1));
        assert_eq!(app.user(&cookie).await, None);
    }
}

#[tokio::test]
async fn security_54_rh_406_use_keeps_a_session_alive_until_the_absolute_time() {
    for app in App::both() {
        let mut cookie = app.login("", "7").await;
        let mut lived = Duration::ZERO;
        loop {
            app.now.advance(10 * MINUTE);
            lived += 10 * MINUTE;
            let answer = app.request(&cookie, async |session| Ok(session.user())).await;
            if answer.result.as_ref().unwrap().is_none() {
                break;
            }
            cookie = answer.pair();
            let line = Cookie::parse_set_cookie(answer.line().unwrap()).unwrap();
            let left = (12 * HOUR - lived).min(30 * MINUTE).as_secs();
            assert_eq!(line.max_age(), Some(left.try_into().unwrap()), "after {lived:?}");
        }
        assert_eq!(lived, 12 * HOUR);
        // Changing it does not make it last longer either.
        let set = app.request(&cookie, async |session| session.set("a", &1).await).await;
        assert_eq!(app.user(&set.pair()).await, None);
    }
}

#[tokio::test]
async fn rh_406_a_cookie_is_written_again_after_a_tenth_of_the_idle_time() {
    for app in App::both() {
        let mut cookie = app.login("", "7").await;
        for (advance, is_written) in
            [(0, false), (120, false), (60, false), (1, true), (0, false), (180, false), (1, true)]
        {
            app.now.advance(Duration::from_secs(advance));
            let answer = app.request(&cookie, async |session| Ok(session.user())).await;
            assert_eq!(answer.result.as_ref().unwrap().as_deref(), Some("7"));
            assert_eq!(answer.line().is_some(), is_written, "{advance}");
            if is_written {
                cookie = answer.pair();
            }
        }
    }
}

#[tokio::test]
async fn a_session_that_is_changed_all_the_time_lasts_in_the_browser_as_well() {
    for app in App::both() {
        let mut cookie = app.login("", "7").await;
        for minute in 0..60 {
            app.now.advance(MINUTE);
            let set = async |session: Session| session.set("minute", &minute).await;
            let answer = app.request(&cookie, set).await;
            cookie = answer.pair();
            let line = Cookie::parse_set_cookie(answer.line().unwrap()).unwrap();
            assert_eq!(line.max_age(), Some(1_800));
        }
    }
}

#[tokio::test]
async fn times_are_the_apps() {
    let short = |sessions: Sessions| sessions.idle(MINUTE).absolute(2 * MINUTE);
    for app in App::both() {
        let app = App { sessions: short(app.sessions.clone()), ..app };
        let cookie = app.login("", "7").await;
        app.now.advance(59 * MINUTE / 60);
        let cookie = app.request(&cookie, async |_| Ok(())).await.pair();
        app.now.advance(59 * MINUTE / 60);
        let answer = app.request(&cookie, async |session| Ok(session.user().is_some())).await;
        let cookie = answer.pair();
        assert!(answer.result.unwrap());
        app.now.advance(2 * MINUTE / 60);
        assert_eq!(app.user(&cookie).await, None, "two minutes are over");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_ends_nothing_and_lets_nothing_live_for_ever() {
    for app in App::both() {
        let cookie = app.login("", "7").await;
        let start = app.now.0.load(Ordering::Relaxed);
        app.now.0.store(start - 3_600_000, Ordering::Relaxed);
        assert_eq!(app.user(&cookie).await.as_deref(), Some("7"));
        app.now.0.store(start, Ordering::Relaxed);
        app.now.advance(30 * MINUTE);
        assert_eq!(app.user(&cookie).await, None);
    }
}

#[tokio::test]
async fn a_visitor_who_writes_nothing_is_given_no_session() {
    for app in App::both() {
        let read = async |session: Session| {
            assert_eq!(session.get::<u8>("a")?, None);
            assert!(!session.remove("a").await?);
            Ok(session.user().is_none())
        };
        let answer = app.request("", read).await;
        assert_eq!(answer.line(), None);
        assert!(answer.result.unwrap());
    }
}
