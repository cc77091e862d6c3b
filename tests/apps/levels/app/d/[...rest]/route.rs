#[bff::get]
async fn show(rest: Vec<String>) -> String {
    format!("rest {rest:?}")
}
