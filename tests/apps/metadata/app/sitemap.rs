//! Of a value of the app's.

use bff::{State, metadata::sitemap};

#[sitemap]
async fn made(State(names): State<super::Names>) -> bff::Result<String> {
    Ok(format!("<urlset>{}</urlset>", names.0.join(",")))
}
