#[bff::get]
async fn show(id: String) -> String {
    format!("id {id}")
}
