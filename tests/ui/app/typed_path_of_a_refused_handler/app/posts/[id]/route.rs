use bff::get;

#[get(cors = "*")]
async fn show(id: u64) -> String {
    format!("post {id}")
}
