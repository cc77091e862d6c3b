use bff::get;

#[get(timeout = "5s")]
async fn show(id: u64) -> String {
    format!("post {id}")
}
