use bff::{get, post, request_id::RequestId};

#[get]
async fn show(id: u64, request_id: RequestId) -> String {
    tracing::info!("a post is shown");
    format!("{id} {request_id}")
}

#[post]
async fn write(id: u64, body: String) -> String {
    format!("{id}: {} bytes", body.len())
}
