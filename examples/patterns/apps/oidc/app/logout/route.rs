use bff::{
    Result, post,
    response::{Redirect, see_other},
    session::Session,
};

/// Ends the session here. The one at the provider is the provider's.
#[post]
async fn logout(session: Session) -> Result<Redirect> {
    session.logout().await?;
    Ok(see_other("/login"))
}
