use bff::{
    Result, post,
    response::{Redirect, see_other},
    session::Session,
};

/// Signs out. With POST, so that no picture of another site does it.
#[post]
async fn sign_out(session: Session) -> Result<Redirect> {
    session.logout().await?;
    Ok(see_other("/login"))
}
