#[bff::get]
async fn members() -> &'static str {
    "members"
}
