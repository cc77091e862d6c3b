use bff::{get, request::ClientIp};

use crate::apps::limits::app::upstreams;

#[get]
async fn whoami(ClientIp(ip): ClientIp) -> String {
    ip.to_string()
}

/// Nobody listens there.
#[bff::post]
async fn ask() -> bff::Result<String> {
    Ok(upstreams::NOWHERE.get("/").send().await?.text().await?)
}
