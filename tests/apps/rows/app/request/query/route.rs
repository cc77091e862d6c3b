use bff::{Json, Query, get};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Filter {
    q: String,
    page: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
}

#[get]
async fn list(Query(filter): Query<Filter>) -> Json<Filter> {
    Json(filter)
}
