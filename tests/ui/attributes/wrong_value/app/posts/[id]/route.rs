use bff::get;

#[get(invalid_param = 422)]
async fn show(id: u64) -> String {
    format!("post {id}")
}
