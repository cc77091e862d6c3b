use bff::{Result, State, get, request::ClientIp};

use crate::Limiter;

/// The limit comes first: what is refused costs nothing.
#[get]
async fn search(
    ClientIp(client): ClientIp,
    State(limiter): State<Limiter>,
) -> Result<&'static str> {
    limiter.check(client)?;
    Ok("nothing found")
}
