#[bff::get]
async fn show(id: String) -> String {
    format!("sub {id}")
}
