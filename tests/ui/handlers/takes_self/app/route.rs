use bff::get;

#[get]
async fn index(self) -> String {
    String::new()
}
