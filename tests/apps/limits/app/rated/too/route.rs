use bff::{get, post};

#[get]
async fn by_rule() -> &'static str {
    "in"
}

#[post(rate_limit = "none")]
async fn free() -> &'static str {
    "in"
}
