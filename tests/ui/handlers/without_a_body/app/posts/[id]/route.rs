use bff::get;

#[get]
async fn show(id: u64) -> String;
