use bff::get;

#[get(force_static)]
async fn show(id: u64) -> String {
    id.to_string()
}
