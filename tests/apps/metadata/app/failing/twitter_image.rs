//! A list and an image that fail.

use bff::{
    Result,
    metadata::{twitter_image, twitter_images},
};

#[twitter_images]
async fn ids() -> Result<Vec<u8>> {
    Ok(vec![1])
}

#[twitter_image]
async fn made(id: u8) -> Result<Vec<u8>> {
    Err(bff::Error::msg(format!("no image {id}")))
}
