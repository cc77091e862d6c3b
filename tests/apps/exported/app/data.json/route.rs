use bff::{Json, get};

#[get(revalidate = "60s")]
async fn data() -> Json<[u8; 3]> {
    Json([1, 2, 3])
}
