use std::collections::BTreeMap;

use bff::{Query, Request, RequestExt, get};

#[get]
async fn show(
    slug: String,
    Query(query): Query<BTreeMap<String, String>>,
    request: Request,
) -> String {
    format!("dyn {slug} {query:?} {}", request.url().path())
}
