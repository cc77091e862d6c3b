use bff::get;

#[get]
async fn show(all: Vec<String>) -> String {
    format!("blog {all:?}")
}
