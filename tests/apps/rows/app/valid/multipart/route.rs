use bff::{
    Result, Valid, post,
    request::{Multipart, UploadedFile},
};
use garde::Validate;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Listing {
    #[garde(length(chars, min = 3))]
    title: String,
    #[garde(range(max = 1000))]
    price: Option<u32>,
    #[garde(custom(small))]
    picture: UploadedFile,
}

fn small(file: &UploadedFile, _: &()) -> garde::Result {
    if file.size() > 8 {
        return Err(bff::valid::custom("too_large", "larger than 8 bytes"));
    }
    Ok(())
}

#[post]
async fn list(Valid(Multipart(listing)): Valid<Multipart<Listing>>) -> Result<String> {
    let Listing { title, price, picture } = listing;
    let content = String::from_utf8(picture.bytes().await?.into())?;
    Ok(format!("{title} for {price:?}: {} is {content}", picture.name()))
}
