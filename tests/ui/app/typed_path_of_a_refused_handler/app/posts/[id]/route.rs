use bff::get;

#[get(revalidate = "60s")]
async fn show(id: u64) -> String {
    format!("post {id}")
}
