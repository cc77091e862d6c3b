//! A folder that has the name of the app folder, below a param.

#[bff::get]
async fn show(tenant: String, id: u8) -> String {
    format!("{tenant} {id}")
}
