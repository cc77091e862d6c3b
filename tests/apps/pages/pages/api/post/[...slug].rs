use bff::{Json, api, pages::Query};

#[api]
async fn post(Query(query): Query) -> Json<bff::pages::Fields> {
    Json(query)
}
