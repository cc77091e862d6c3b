//! Which responses are for one client alone (security.md section 5, row 17).

use super::*;

/// The `Cache-Control` of a response whose handler has said this.
async fn cache_control<T>(
    app: &App,
    cookie: &str,
    said: Option<&'static str>,
    handler: impl AsyncFnOnce(Session) -> Result<T>,
) -> String {
    let mut kept = None;
    let keep = async |session: Session| {
        kept = Some(session.clone());
        handler(session).await
    };
    app.request(cookie, keep).await.result.unwrap();
    let mut headers = HeaderMap::new();
    if let Some(said) = said {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(said));
    }
    kept.unwrap().forbid_caching(&mut headers);
    headers[header::CACHE_CONTROL].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn security_5_17_rh_260_nobody_stores_what_depends_on_a_session() {
    let public = Some("public, max-age=60");
    for app in App::both() {
        let cookie = app.login("", "7").await;
        let read = async |session: Session| Ok(session.user());
        for (sent, said, expected) in [
            (&*cookie, None, "no-store"),
            ("", None, "no-store"),
            (&cookie, public, "public, max-age=60"),
        ] {
            assert_eq!(cache_control(&app, sent, said, read).await, expected);
        }
        // The cookie is for this client alone.
        let login = async |session: Session| session.login("7").await;
        assert_eq!(cache_control(&app, "", public, login).await, "no-store");
        let set = async |session: Session| session.set("a", &1).await;
        assert_eq!(cache_control(&app, &cookie, public, set).await, "no-store");
        let logout = async |session: Session| session.logout().await;
        assert_eq!(cache_control(&app, &cookie, public, logout).await, "no-store");
        app.now.advance(10 * MINUTE);
        let cookie = app.login("", "7").await;
        app.now.advance(10 * MINUTE);
        assert_eq!(cache_control(&app, &cookie, public, read).await, "no-store", "renewed");
    }
}

#[tokio::test]
async fn the_router_puts_it_on_the_response() {
    let app = App::cookie();
    let answer = app.request("", async |_| Ok(())).await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
}
