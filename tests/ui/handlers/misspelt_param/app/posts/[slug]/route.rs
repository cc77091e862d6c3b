use bff::get;

#[get]
async fn show(slgu: String) -> String {
    slgu
}
