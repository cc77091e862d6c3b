//! Several, told apart by what is listed.

use bff::metadata::{icon, icons};

#[icons]
fn ids() -> impl Iterator<Item = u32> {
    [16, 32].into_iter()
}

#[icon(content_type = "image/svg+xml")]
async fn made(id: u32) -> String {
    format!("<svg width=\"{id}\"/>")
}
