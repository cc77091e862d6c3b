//! What a session remembers.

use super::*;

#[tokio::test]
async fn what_is_set_is_there_at_once_and_in_the_next_request() {
    for app in App::both() {
        let set = async |session: Session| {
            session.set("cart", &[1, 2]).await?;
            session.set("name", "Ada").await?;
            assert_eq!(session.get::<Vec<u8>>("cart")?, Some(vec![1, 2]));
            session.set("name", "Bob").await
        };
        let cookie = app.request("", set).await.pair();
        let read = async |session: Session| {
            assert_eq!(session.get::<String>("name")?.as_deref(), Some("Bob"));
            assert_eq!(session.get::<String>("age")?, None);
            assert!(session.remove("name").await?);
            assert!(!session.remove("name").await?);
            assert_eq!(session.get::<String>("name")?, None);
            Ok(())
        };
        let cookie = app.request(&cookie, read).await.pair();
        let rest = async |session: Session| {
            Ok((session.get::<Vec<u8>>("cart")?, session.get::<String>("name")?))
        };
        assert_eq!(app.request(&cookie, rest).await.result.unwrap(), (Some(vec![1, 2]), None));
    }
}

#[tokio::test]
async fn a_value_of_another_type_is_an_error_without_the_value() {
    for app in App::both() {
        let mistaken = async |session: Session| {
            session.set("age", "5ecret").await?;
            session.get::<u8>("age")
        };
        let error = app.request("", mistaken).await.result.unwrap_err();
        assert_eq!(error.status(), 500);
        assert!(error.to_string().contains("`age`") && !error.to_string().contains("5ecret"));
        let told = axum::response::IntoResponse::into_response(error);
        let body = axum::body::to_bytes(told.into_body(), 1_000).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("5ecret"));
    }
}

#[tokio::test]
async fn the_same_value_again_is_not_written_again() {
    for app in App::both() {
        let set = async |session: Session| session.set("a", &1).await;
        let cookie = app.request("", set).await.pair();
        assert_eq!(app.request(&cookie, set).await.line(), None);
    }
}

#[tokio::test]
async fn changes_of_one_request_at_the_same_time_all_count() {
    for app in App::both() {
        let set = async |session: Session| {
            let (a, b, c) = (session.clone(), session.clone(), session.clone());
            futures_util::try_join!(a.set("a", &1), b.set("b", &2), c.login("7"))?;
            Ok((session.get("a")?, session.get("b")?, session.user().is_some()))
        };
        let answer = app.request("", set).await;
        assert_eq!(app.user(&answer.pair()).await.as_deref(), Some("7"));
        assert_eq!(answer.result.unwrap(), (Some(1), Some(2), true));
    }
}

#[tokio::test]
async fn after_the_response_only_what_needs_no_cookie_can_change() {
    for (app, is_kept) in [(App::cookie(), false), (App::stored(), true)] {
        let cookie = app.login("", "7").await;
        let mut held = None;
        let keep = async |session: Session| {
            held = Some(session);
            Ok(())
        };
        app.request(&cookie, keep).await.result.unwrap();
        let session = held.unwrap();
        assert_eq!(session.set("late", &1).await.is_ok(), is_kept);
        assert!(session.login("8").await.is_err());
        assert!(session.rotate().await.is_err());
        assert_eq!(app.user(&cookie).await.as_deref(), Some("7"));
        // Whether the client is told or not, the session is over.
        session.logout().await.unwrap();
        assert_eq!(app.user(&cookie).await, None);
    }
}
