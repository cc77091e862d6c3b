#[bff::get]
async fn show(z: Vec<String>) -> String {
    format!("fixed {z:?}")
}
