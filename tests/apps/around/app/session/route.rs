use bff::{Result, delete, get, post, put, session::Session};

/// Who is signed in.
#[get]
async fn show(session: Session, same: Session) -> String {
    assert_eq!(session.user(), same.user());
    session.user().as_deref().unwrap_or("nobody").to_owned()
}

/// Signs the user in that the body names.
#[post]
async fn login(session: Session, user: String) -> Result<String> {
    session.login(&user).await?;
    Ok(format!("hello {user}"))
}

/// Keeps the body, and says what was kept before.
#[put]
async fn keep(session: Session, text: String) -> Result<String> {
    let before: Option<String> = session.get("text")?;
    session.set("text", &text).await?;
    Ok(before.unwrap_or_default())
}

#[delete]
async fn logout(session: Session) -> Result<&'static str> {
    session.logout().await?;
    Ok("good bye")
}
