#[bff::get]
async fn show() {}
