use bff::get;

#[get]
async fn index() -> u64 {
    7
}
