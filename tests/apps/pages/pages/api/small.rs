use bff::{api, pages::Body};

#[api]
async fn small(body: Body<10>) -> String {
    body.into_value().to_string()
}
