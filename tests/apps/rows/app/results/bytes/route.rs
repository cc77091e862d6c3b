#[bff::get]
async fn show() -> Vec<u8> {
    vec![0, 159, 146, 150]
}
