//! Security headers: a strict policy for every answer, and one of its own for the page that has a script.
//!
//! ```sh
//! cargo run -p patterns --bin headers
//! curl -i localhost:3000/api
//! curl -i localhost:3000
//! ```

use bff::{Response, axum::middleware::map_response, http::header, response::ResponseExt};

bff::app!(dir = "apps/headers/app");

/// Nothing of an API is ever run or framed. A policy that the handler has set stays.
async fn secured(response: Response) -> Response {
    let response = response
        .with_header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .with_header(header::REFERRER_POLICY, "no-referrer")
        .with_header(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    if response.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        return response;
    }
    response
        .with_header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router().layer(map_response(secured))).await
}
