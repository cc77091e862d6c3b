use bff::{
    Problem, Query, Result, State,
    cookies::{Cookie, Cookies},
    get,
    http::StatusCode,
    request::Url,
    response::{Redirect, see_other, unauthorized},
};
use serde::Deserialize;

use crate::{PENDING, Provider};

#[derive(Deserialize)]
struct Callback {
    code: String,
    state: String,
}

/// Back from the provider. A state that is not this browser's would sign it in as somebody else.
#[get]
async fn callback(
    url: Url,
    cookies: Cookies,
    Query(Callback { code, state }): Query<Callback>,
    State(provider): State<Provider>,
) -> Result<Redirect> {
    let pending = cookies.get(PENDING).unwrap_or_default();
    let Some((_, target)) = pending.split_once(' ').filter(|(known, _)| *known == state) else {
        return Err(Problem::new(StatusCode::BAD_REQUEST).detail("not a login of yours").into());
    };
    // Once more: whoever can write a cookie could have changed it.
    let target = url.callback_to(target).or("/");
    let session = provider.exchange(&code).await?.ok_or_else(unauthorized)?;
    let session = Cookie::build("__Host-session", session.to_string()).session().build()?;
    cookies.delete(PENDING).set(session);
    Ok(see_other(target))
}
