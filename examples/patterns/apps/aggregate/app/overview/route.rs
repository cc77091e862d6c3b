use std::time::Duration;

use bff::{Json, OptionExt, Problem, Result, State, http::StatusCode, post};
use serde::{Deserialize, Serialize};
use tokio::{join, time::timeout};

use crate::services::Services;

/// What is sensitive comes in a body: URLs are logged and cached.
#[derive(Deserialize)]
struct Ask {
    customer: String,
}

/// No more than the page shows.
#[derive(Serialize)]
struct Overview {
    orders: Vec<Order>,
    total: u32,
    advice: Vec<&'static str>,
}

#[derive(Serialize)]
struct Order {
    item: &'static str,
    price: u32,
}

/// Both services at once. There is no overview without orders; without advice there is.
#[post]
async fn overview(
    State(services): State<Services>,
    Json(Ask { customer }): Json<Ask>,
) -> Result<Json<Overview>> {
    let (orders, advice) = join!(
        timeout(Duration::from_secs(2), services.orders(&customer)),
        timeout(Duration::from_millis(500), services.advice(&customer)),
    );
    let orders = orders.map_err(|_| Problem::new(StatusCode::GATEWAY_TIMEOUT))??;
    let orders = orders.or_404("no such customer")?;
    Ok(Json(Overview {
        total: orders.iter().map(|order| order.price).sum(),
        orders: orders.iter().map(|it| Order { item: it.item, price: it.price }).collect(),
        advice: advice.ok().and_then(Result::ok).unwrap_or_default(),
    }))
}
