use bff::get;

#[get]
async fn show(org: String, rpeo: String) -> String {
    org + &rpeo
}
