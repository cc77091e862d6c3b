#[bff::get]
async fn show(item: String) -> String {
    format!("reviews of {item}")
}
