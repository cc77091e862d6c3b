use bff::get;

#[get]
async fn edit(path: Vec<String>) -> String {
    path.join("/")
}
