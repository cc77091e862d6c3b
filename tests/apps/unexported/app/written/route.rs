use bff::post;

#[post]
async fn write() {}
