use bff::post;

#[post]
async fn act() {}
