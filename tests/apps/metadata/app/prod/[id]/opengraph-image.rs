//! With the param of the folder, and a page above.

use bff::{IntoResponse, http::header, metadata::opengraph_image};

#[opengraph_image(alt = "<Product>", size = "1200x630", invalid_param = 400)]
async fn made(id: u64) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "max-age=60")], format!("product {id}").into_bytes())
}
