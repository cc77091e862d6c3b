use bff::get;

#[get]
async fn show(id: u64, id: u64) -> String {
    id.to_string()
}
