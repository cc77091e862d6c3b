use bff::{Json, Valid, post};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// Any JSON, but not the word `forbidden` alone.
#[derive(Deserialize, Serialize, Validate)]
#[garde(transparent)]
#[serde(transparent)]
struct Any(#[garde(custom(not_forbidden))] serde_json::Value);

fn not_forbidden(value: &serde_json::Value, _: &()) -> garde::Result {
    if value == "forbidden" {
        return Err(bff::valid::custom("forbidden", "this word is forbidden"));
    }
    Ok(())
}

#[post]
async fn any(Valid(Json(any)): Valid<Json<Any>>) -> Json<Any> {
    Json(any)
}
