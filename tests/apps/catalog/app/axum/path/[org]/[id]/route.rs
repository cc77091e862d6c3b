use std::collections::HashMap;

use bff::{Json, Path, delete, get, post, put};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Key {
    org: String,
    id: u64,
}

#[get]
async fn by_struct(Path(key): Path<Key>) -> Json<Key> {
    Json(key)
}

#[post]
async fn by_tuple(Path((org, id)): Path<(String, u64)>) -> String {
    format!("{org} {id}")
}

#[put]
async fn by_map(Path(all): Path<HashMap<String, String>>) -> String {
    format!("{} {}", all["org"], all["id"])
}

/// Ours beside axum's.
#[delete]
async fn both(id: u64, Path((org, same)): Path<(String, u64)>) -> String {
    format!("{org} {id} {same}")
}
