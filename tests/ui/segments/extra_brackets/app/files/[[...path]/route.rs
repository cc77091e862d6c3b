#[bff::get]
async fn show(path: Option<Vec<String>>) -> String {
    path.unwrap_or_default().join("/")
}
