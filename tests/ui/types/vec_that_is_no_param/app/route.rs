use bff::get;

#[get]
async fn index(tags: Vec<String>) -> String {
    tags.join(" ")
}
