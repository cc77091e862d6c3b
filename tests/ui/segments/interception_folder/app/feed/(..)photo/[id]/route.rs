#[bff::get]
async fn show(id: u64) -> String {
    format!("photo {id}")
}
