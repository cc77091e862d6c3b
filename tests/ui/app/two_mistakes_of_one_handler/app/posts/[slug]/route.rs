use bff::get;

#[get(revalidate = "60s")]
async fn show(slgu: String) -> String {
    slgu
}
