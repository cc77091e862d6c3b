use bff::get;

#[get(cors = "*")]
async fn show(slgu: String) -> String {
    slgu
}
