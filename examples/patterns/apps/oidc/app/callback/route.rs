use bff::{
    Query, Result, State, get,
    request::Url,
    response::{Redirect, see_other},
    session::Session,
};
use serde::Deserialize;

use crate::{
    PENDING,
    provider::{Pending, Provider, refused},
};

/// What the provider says through the browser: a code, or nothing of use when the user has changed their mind.
#[derive(Deserialize)]
struct Callback {
    state: String,
    code: Option<String>,
}

/// Back from the provider. A state that is not this browser's would sign it in as somebody else.
#[get]
async fn callback(
    url: Url,
    session: Session,
    State(provider): State<Provider>,
    Query(Callback { state, code }): Query<Callback>,
) -> Result<Redirect> {
    let pending: Pending = session.get(PENDING)?.ok_or_else(refused)?;
    if pending.state != state {
        return Err(refused());
    }
    session.remove(PENDING).await?;
    let user = provider.redeem(&code.ok_or_else(refused)?, &pending).await?;
    session.login(user).await?;
    Ok(see_other(url.join(&pending.next)?))
}
