#[bff::get]
async fn show(a: String, b: String) -> bff::Json<(String, String)> {
    bff::Json((a, b))
}
