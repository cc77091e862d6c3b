#[bff::get]
async fn show(post_id: u64) -> String {
    format!("comment of {post_id}")
}
