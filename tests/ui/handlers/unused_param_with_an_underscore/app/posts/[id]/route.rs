use bff::get;

#[get]
async fn show(_id: u64) -> &'static str {
    "a post"
}
