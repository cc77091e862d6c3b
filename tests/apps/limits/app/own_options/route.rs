use bff::{ResponseExt, get, options, response::no_content};

#[get(cors = "*")]
async fn shown() -> &'static str {
    "shown"
}

#[options]
async fn asked() -> impl bff::IntoResponse {
    no_content().with_header("x-own", "options")
}
