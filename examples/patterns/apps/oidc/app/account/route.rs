use bff::{Result, get, session::Session};

#[get(require = "user")]
async fn show(session: Session) -> Result<String> {
    Ok(format!("the account of {}", session.require()?))
}
