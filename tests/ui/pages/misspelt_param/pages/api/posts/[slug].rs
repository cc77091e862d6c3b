#[bff::api]
async fn show(slgu: String) -> String {
    slgu
}
