//! Who is let in.

use axum::response::IntoResponse;

use super::*;
use crate::session;

#[tokio::test]
async fn rh_404_whoever_is_not_signed_in_is_refused_with_a_challenge_and_no_redirect() {
    for app in App::both() {
        let visitor = app.request("", async |session| session.set("a", &1).await).await.pair();
        for cookie in ["", "__Host-session=made-up", &visitor] {
            for guarded in [
                app.request(cookie, async |it| session::user(it).await).await,
                app.request(cookie, async |it| it.require().map(drop)).await,
            ] {
                let response = guarded.result.unwrap_err().into_response();
                assert_eq!(response.status(), 401);
                assert_eq!(response.headers()["www-authenticate"], "Cookie realm=\"session\"");
                assert_eq!(response.headers()["content-type"], "application/problem+json");
                assert_eq!(response.headers().get(header::LOCATION), None);
            }
        }
        let member = app.login(&visitor, "7").await;
        let passed = app.request(&member, async |it| session::user(it).await).await;
        passed.result.unwrap();
    }
}

#[tokio::test]
async fn the_user_of_a_request_is_known_before_its_handler() {
    for app in App::both() {
        let cookie = app.login("", "7").await;
        for (sent, user) in [(&*cookie, Some("7")), ("", None), ("__Host-session=x", None)] {
            let mut parts = parts(sent);
            parts.extensions.insert(app.sessions.clone());
            assert_eq!(user_of(&mut parts).await.as_deref(), user);
        }
    }
}

#[tokio::test]
async fn outside_of_a_handler_a_session_is_refused() {
    let mut parts = parts("");
    parts.extensions.insert(App::cookie().sessions);
    let error = Session::from_request_parts(&mut parts, &()).await.unwrap_err();
    assert_eq!(error.status(), 500);
}

#[tokio::test]
async fn a_session_is_the_same_wherever_it_is_taken_in_a_request() {
    for app in App::both() {
        let mut parts = parts("");
        parts.extensions.insert(app.sessions.clone());
        let mut again = parts.clone();
        let login = async |session: Session| {
            session.login("7").await?;
            let same = Session::from_request_parts(&mut again, &()).await?;
            Ok(same.user())
        };
        let answer = answer(&mut parts, login).await;
        assert_eq!(answer.result.unwrap().as_deref(), Some("7"));
    }
}
