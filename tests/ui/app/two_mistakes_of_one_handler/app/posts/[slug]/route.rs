use bff::get;

#[get(timeout = "5s")]
async fn show(slgu: String) -> String {
    slgu
}
