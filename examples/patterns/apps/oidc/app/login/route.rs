use bff::{
    Query, Result, State, get,
    request::Url,
    response::{Redirect, see_other},
    session::Session,
};
use serde::Deserialize;

use crate::{
    PENDING,
    provider::{Pending, Provider},
};

#[derive(Deserialize)]
struct Login {
    next: Option<String>,
}

/// To the provider. A page of another site is refused here, with 400, rather than after the sign-in.
#[get]
async fn login(
    url: Url,
    session: Session,
    State(provider): State<Provider>,
    Query(Login { next }): Query<Login>,
) -> Result<Redirect> {
    let next = next.unwrap_or_else(|| "/account".to_owned());
    url.join(&next)?;
    let pending = Pending::new(next);
    session.set(PENDING, &pending).await?;
    Ok(see_other(provider.url(&pending)))
}
