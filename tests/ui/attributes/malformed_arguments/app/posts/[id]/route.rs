use bff::get;

#[get(invalid_param: 400)]
async fn show(id: u64) -> String {
    format!("post {id}")
}
