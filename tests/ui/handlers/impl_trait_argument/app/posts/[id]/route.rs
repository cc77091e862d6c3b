use bff::get;

#[get]
async fn show(id: impl Into<String>) -> String {
    id.into()
}
