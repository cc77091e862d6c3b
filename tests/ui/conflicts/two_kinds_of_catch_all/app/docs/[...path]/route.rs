#[bff::get]
async fn show(path: Vec<String>) -> String {
    path.join("/")
}
