#[bff::get]
fn page() -> String {
    super::app::head_tags("/multi").to_string()
}
