use bff::get;

#[get]
async fn show(what: String) -> String {
    what
}
