use bff::get;

#[get(content_type = "a/b")]
async fn show(id: u64) -> String {
    format!("post {id}")
}
