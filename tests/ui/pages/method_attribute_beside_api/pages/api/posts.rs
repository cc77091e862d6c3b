use bff::{api, post};

#[api]
#[post]
async fn posts() -> &'static str {
    "all"
}
