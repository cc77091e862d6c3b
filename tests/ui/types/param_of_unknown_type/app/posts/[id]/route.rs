use bff::get;

#[get]
async fn show(id: PostId) -> String {
    id.to_string()
}
