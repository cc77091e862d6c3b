use bff::get;

struct PostId(u64);

#[get]
async fn show(id: PostId) -> String {
    id.0.to_string()
}
