//! A literal folder that has the name of the app folder, above a param.

#[bff::get]
async fn show(id: u8) -> String {
    format!("nested {id}")
}
