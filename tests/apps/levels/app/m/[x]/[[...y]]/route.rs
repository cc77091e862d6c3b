#[bff::get]
async fn show(x: String, y: Option<Vec<String>>) -> String {
    format!("x {x} y {y:?}")
}
