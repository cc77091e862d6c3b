#[bff::get]
async fn show(name: String) -> String {
    name
}
