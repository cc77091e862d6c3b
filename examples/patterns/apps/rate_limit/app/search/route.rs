use bff::{Result, State, get, http::HeaderMap, response::unauthorized};

use crate::Customers;

/// Five in a minute for each key. The second limit is for whoever tries keys until one fits.
#[get(rate_limit = ["5/min by header x-api-key", "60/min named address"], require = customer)]
async fn search() -> &'static str {
    "nothing found"
}

async fn customer(headers: HeaderMap, State(customers): State<Customers>) -> Result<()> {
    let key = headers.get("x-api-key").and_then(|key| key.to_str().ok());
    key.and_then(|key| customers.name(key)).map(drop).ok_or_else(unauthorized)
}
