use bff::get;

#[get]
async fn show(ide: u64) -> String {
    format!("post {ide}")
}
