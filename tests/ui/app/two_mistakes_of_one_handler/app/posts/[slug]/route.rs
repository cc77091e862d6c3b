use bff::get;

#[get(content_type = "a/b")]
async fn show(slgu: String) -> String {
    slgu
}
