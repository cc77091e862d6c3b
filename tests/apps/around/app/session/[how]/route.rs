use bff::{
    IntoResponse, Response, Result, after, get,
    http::header,
    post,
    response::not_found,
    session::{self, Session, Sessions},
};

/// For members.
#[get]
async fn show(how: String, session: Session) -> Result<Response> {
    match &*how {
        "required" => Ok(session.require()?.to_string().into_response()),
        "guarded" => {
            session::user(session).await?;
            Ok("members only".into_response())
        }
        "public" => {
            Ok(([(header::CACHE_CONTROL, "public, max-age=60")], "for all").into_response())
        }
        _ => Err(not_found()),
    }
}

#[post]
async fn act(how: String, session: Session, sessions: Sessions, user: String) -> Result<String> {
    match &*how {
        "rotate" => session.rotate().await?,
        "everywhere" => session.logout_everywhere().await?,
        "admin" => sessions.logout_everywhere(&user).await?,
        "failed" => {
            session.login(&user).await?;
            Err(std::io::Error::other("secret"))?;
        }
        "refused" => {
            session.login(&user).await?;
            return Err(not_found());
        }
        "late" => after(async move { assert!(session.login("late").await.is_err()) }),
        _ => return Err(not_found()),
    }
    Ok(how)
}
