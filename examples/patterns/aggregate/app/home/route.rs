use std::time::Duration;

use bff::{
    Error, Json, Result, get,
    upstream::{Partial, branch, join},
};
use serde::Serialize;
use tokio::time::sleep;

#[derive(Serialize)]
struct Home {
    user: &'static str,
    /// `null` when they could not be had in time.
    orders: Partial<Vec<u32>>,
}

#[get]
async fn home() -> Result<Json<Home>> {
    let (user, orders) = join((
        branch("user", Duration::from_secs(1), user()),
        branch("orders", Duration::from_millis(50), orders()),
    ))
    .await;
    Ok(Json(Home { user: user.required()?, orders }))
}

/// Stands for a service; with one it is `USERS.get("/me").fetch()` of a `static USERS: Upstream`.
async fn user() -> Result<&'static str, Error> {
    Ok("Ada")
}

/// A service on a bad day.
async fn orders() -> Result<Vec<u32>, Error> {
    sleep(Duration::from_secs(60)).await;
    Ok(vec![7])
}
