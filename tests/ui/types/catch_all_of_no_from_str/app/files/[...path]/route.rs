use bff::get;

#[get]
async fn show(path: Vec<&'static str>) -> String {
    path.join("/")
}
