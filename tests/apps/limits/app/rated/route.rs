use bff::{delete, get, http::request::Parts, patch, post, put};

#[get(rate_limit = "3/min")]
async fn by_address() -> &'static str {
    "in"
}

#[post(rate_limit = ["2/min by header x-api-key", "4/min named all"])]
async fn by_api_key() -> &'static str {
    "in"
}

#[put(rate_limit = "2/min by fn tenant")]
async fn by_tenant() -> &'static str {
    "in"
}

#[patch(rate_limit = "1/min dry-run")]
async fn in_a_dry_run() -> &'static str {
    "in"
}

#[delete(rate_limit = "10/min burst 4 cost 2")]
async fn dear() -> &'static str {
    "in"
}

fn tenant(head: &Parts) -> Option<String> {
    head.uri.query().map(str::to_owned)
}
