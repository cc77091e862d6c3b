use bff::get;

#[get(invalid_params = 400)]
async fn show(id: u64) -> String {
    format!("post {id}")
}
