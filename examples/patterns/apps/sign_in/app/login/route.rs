use std::time::Duration;

use bff::{
    Response, Result, State,
    cookies::Cookie,
    get,
    request::Url,
    response::{ResponseExt, see_other},
};
use uuid::Uuid;

use crate::{PENDING, Provider};

/// To the provider. The target is refused here, with 400, rather than after the client has signed in.
#[get]
async fn login(url: Url, State(provider): State<Provider>) -> Result<Response> {
    let target = url.callback("target").or_400()?;
    let state = Uuid::new_v4();
    let pending = Cookie::build(PENDING, format!("{state} {target}"))
        .session()
        .max_age(Duration::from_secs(600))
        .build()?;
    Ok(see_other(provider.url(state)).with_cookie(pending))
}
