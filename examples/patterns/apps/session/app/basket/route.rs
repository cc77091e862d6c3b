use bff::{Form, Json, Result, get, post, session::Session};
use serde::Deserialize;

const BASKET: &str = "basket";

#[derive(Deserialize)]
struct Item {
    item: String,
}

#[get]
async fn show(session: Session) -> Result<Json<Vec<String>>> {
    Ok(Json(session.get(BASKET)?.unwrap_or_default()))
}

/// Adds an item. Whoever comes for the first time is given a session with it.
#[post]
async fn add(session: Session, Form(Item { item }): Form<Item>) -> Result<Json<Vec<String>>> {
    let mut items: Vec<String> = session.get(BASKET)?.unwrap_or_default();
    items.push(item);
    session.set(BASKET, &items).await?;
    Ok(Json(items))
}
