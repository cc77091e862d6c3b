use bff::{get, post};

#[get(timeout = "5")]
async fn show(id: u64) -> String {
    format!("post {id}")
}

#[post(body_limit = 1024)]
async fn edit(id: u64) -> String {
    format!("post {id}")
}
