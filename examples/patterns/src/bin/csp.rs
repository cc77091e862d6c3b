//! Headers for every answer, a Content-Security-Policy among them: `app::router()` is an axum router, and takes layers (RH-418).
//!
//! ```sh
//! cargo run -p patterns --bin csp
//! curl -i localhost:3000
//! ```

use bff::{Response, ResponseExt, axum::middleware::map_response};

bff::app!(dir = "csp/app");

#[tokio::main]
async fn main() -> bff::Result {
    let secured = map_response(|response: Response| async {
        response
            .with_header("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
            .with_header("referrer-policy", "no-referrer")
            .with_header("x-content-type-options", "nosniff")
    });
    bff::serve(app::router().layer(secured)).await
}
