use bff::{
    Result, post,
    response::{Redirect, see_other},
    session::Session,
};

/// Signs out on all devices.
#[post]
async fn sign_out(session: Session) -> Result<Redirect> {
    session.logout_everywhere().await?;
    Ok(see_other("/login"))
}
