use bff::get;

#[get]
async fn show(id: u64, page: u32) -> String {
    format!("post {id}, page {page}")
}
