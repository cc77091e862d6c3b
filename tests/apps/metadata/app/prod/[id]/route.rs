#[bff::get]
fn page(id: u64) -> String {
    super::app::head_tags(&super::app::prod::id::path(id)).to_string()
}
