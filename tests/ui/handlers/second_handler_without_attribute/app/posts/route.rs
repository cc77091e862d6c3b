use bff::get;

#[get]
async fn list() -> &'static str {
    "posts"
}

pub async fn POST() -> &'static str {
    "created"
}
