#[bff::get]
async fn show(id: Option<u64>) -> String {
    format!("post {id:?}")
}
