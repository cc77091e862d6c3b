use bff::{Result, get, session::Session};

#[get]
async fn show(page: Vec<String>, session: Session) -> Result<String> {
    let name = session.require()?;
    Ok(format!("{} of {name}", page.join("/")))
}
