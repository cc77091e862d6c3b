use bff::get;

#[get]
async fn show(id: u64, comment: u64) -> String {
    format!("comment {comment} of post {id}")
}
