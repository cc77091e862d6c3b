#[bff::get]
async fn show(bff::Path(path): bff::Path<String>) -> String {
    path
}
