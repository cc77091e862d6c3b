use bff::get;

#[get]
async fn show(path: String) -> String {
    path
}
