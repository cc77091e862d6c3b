#[bff::post]
pub async fn all() -> String {
    "all posts".to_owned()
}
