use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use bff::{
    Handler, IntoResponse, Json, Problem, Request, Response,
    cookies::{Cookie, Cookies},
    http::{Method, StatusCode},
    response::see_other,
};

use bff::axum::RequestExt;

/// What the app decides.
#[derive(Clone, Debug)]
pub struct AuthConfig {
    /// Signs in whoever knows it.
    pub password: String,
    /// Where to go after that.
    pub home: String,
}

/// The handler of `[...path]/route.rs` below some folder, for GET and POST: it decides on the method and on the
/// last segment of the path.
///
/// | | |
/// |---|---|
/// | `GET session` | who is signed in |
/// | `POST sign-in` | signs in with a password as the body |
/// | `POST sign-out` | signs out |
pub fn auth(config: AuthConfig) -> impl Handler {
    let config = Arc::new(config);
    let sessions = Arc::new(AtomicU64::new(0));
    move |request: Request| answer(Arc::clone(&config), Arc::clone(&sessions), request)
}

async fn answer(
    config: Arc<AuthConfig>,
    sessions: Arc<AtomicU64>,
    mut request: Request,
) -> bff::Result<Response> {
    let cookies: Cookies = match request.extract_parts().await {
        Ok(cookies) => cookies,
        Err(problem) => return Ok(problem.into_response()),
    };
    let action = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
    Ok(match (request.method().clone(), &*action) {
        (Method::GET | Method::HEAD, "session") => Json(cookies.get("session")).into_response(),
        (Method::POST, "sign-in") => {
            let Ok(password) = request.extract::<String, _>().await else {
                return Ok(StatusCode::BAD_REQUEST.into_response());
            };
            if password != config.password {
                return Ok(Problem::new(StatusCode::UNAUTHORIZED).into_response());
            }
            let number = sessions.fetch_add(1, Ordering::Relaxed) + 1;
            cookies.set(Cookie::build("session", number.to_string()).http_only(true).build()?);
            see_other(&config.home).into_response()
        }
        (Method::POST, "sign-out") => {
            cookies.delete("session");
            see_other(&config.home).into_response()
        }
        _ => Problem::new(StatusCode::NOT_FOUND).into_response(),
    })
}
