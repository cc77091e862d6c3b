use bff::{Json, Request, RequestExt, Result, post};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Order {
    item: String,
    amount: u32,
}

#[derive(Serialize)]
struct Receipt {
    bytes: usize,
    items: Vec<String>,
    amount: u32,
}

/// `tee` makes two requests of one, which share the bytes. Without it a second read does not compile, because
/// the first one takes the request.
#[post]
async fn order(request: Request) -> Result<Json<Receipt>> {
    let (first, second) = request.tee().await?;
    let bytes = first.bytes().await?.len();
    let orders: Vec<Order> = second.json().await?;
    let amount = orders.iter().map(|order| order.amount).sum();
    let items = orders.into_iter().map(|order| order.item).collect();
    Ok(Json(Receipt { bytes, items, amount }))
}
