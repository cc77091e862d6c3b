//! A list that cannot be made.

use bff::{
    Problem, Result,
    http::StatusCode,
    metadata::{opengraph_image, opengraph_images},
};

#[opengraph_images]
async fn ids() -> Result<Vec<u8>> {
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE).into())
}

#[opengraph_image]
async fn made(id: u8) -> Vec<u8> {
    vec![id]
}
