use bff::{ResponseExt, get, post, put, response::text};

#[get(cors = "*")]
async fn prices() -> &'static str {
    "1, 2, 3"
}

/// It says who may read it itself.
#[put(cors(origins = ["https://app.example.com"], credentials = true, allow_headers = ["x-a"]))]
async fn own() -> impl bff::IntoResponse {
    text("own").with_header("access-control-allow-origin", "https://other.example")
}

#[post]
async fn closed() -> &'static str {
    "closed"
}
