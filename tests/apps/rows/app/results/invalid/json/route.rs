use std::collections::HashMap;

use bff::{Json, get};

/// JSON has no keys but strings, so this cannot be written.
#[get]
async fn show() -> Json<HashMap<(u8, u8), &'static str>> {
    Json(HashMap::from([((1, 2), "secret")]))
}
